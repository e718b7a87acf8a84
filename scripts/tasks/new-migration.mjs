import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { migrationSkeleton } from '../migration-skeleton.mjs';
import { install } from '../install.mjs';
import { inRoot } from '../paths.mjs';
import { runOrFail } from '../processes.mjs';

const FOLDER = inRoot('server', 'src', 'infrastructure', 'database', 'migrations');

/** `npm run new:migration -- NAME`: an empty migration that comes after all others, and is listed. */
export async function run({ args, progress }) {
  const indexPath = join(FOLDER, 'index.ts');
  const { file, content, index } = migrationSkeleton({
    name: args[0],
    files: readdirSync(FOLDER),
    index: readFileSync(indexPath, 'utf8'),
    now: Date.now(),
  });
  const path = join(FOLDER, file);
  writeFileSync(path, content, { flag: 'wx' });
  writeFileSync(indexPath, index);
  await install(progress);
  const prettier = inRoot('node_modules', 'prettier', 'bin', 'prettier.cjs');
  const message = 'The new migration could not be formatted, see above.';
  await runOrFail(process.execPath, [prettier, '--write', indexPath, path], { message });
  progress.say(`Wrote ${path}`);
}
