import { ALL_PARTS, build } from '../build.mjs';
import { install } from '../install.mjs';

/** `npm run build`: the server and the client, as far as their sources have changed. */
export async function run({ progress }) {
  await install(progress);
  await build(ALL_PARTS, progress);
}
