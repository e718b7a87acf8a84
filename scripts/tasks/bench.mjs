import { build } from '../build.mjs';
import { install } from '../install.mjs';
import { inRoot } from '../paths.mjs';
import { startNode } from '../processes.mjs';

/** `npm run bench [-- arguments]`: the figures of the built server beside those of a bare relay. */
export async function run({ args, progress }) {
  await install(progress);
  await build(['server'], progress);
  const { code } = await startNode([inRoot('test', 'bench', 'main.ts'), ...args]).ended;
  return code;
}
