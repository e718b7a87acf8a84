import { install } from '../install.mjs';
import { inRoot } from '../paths.mjs';
import { startChild } from '../processes.mjs';

/** `npm run format [paths]`: rewrites files in the project's format. */
export async function run({ args, progress }) {
  await install(progress);
  const prettier = inRoot('node_modules', 'prettier', 'bin', 'prettier.cjs');
  const paths = args.length > 0 ? args : ['.'];
  const { code } = await startChild(process.execPath, [
    prettier,
    '--write',
    '--log-level=warn',
    ...paths,
  ]).ended;
  return code;
}
