import { install } from '../install.mjs';
import { startEcho } from '../echo.mjs';

/** `npm run dummy`: the echo model alone, in the foreground. */
export async function run({ progress }) {
  await install(progress);
  const { code } = await startEcho().ended;
  return code;
}
