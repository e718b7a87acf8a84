import { install } from '../install.mjs';
import { runKind } from '../test-kinds.mjs';
import { prepare } from './test.mjs';

/** `npm run screenshots`: the pictures of docs/images, from the real pages in a real browser. */
export async function run({ progress }) {
  await install(progress);
  const env = await prepare(['screenshots'], progress);
  const { failed } = await runKind('screenshots', { env });
  return failed === 0 ? 0 : 1;
}
