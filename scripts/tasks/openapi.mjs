import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { build } from '../build.mjs';
import { install } from '../install.mjs';
import { failIfStale, generateOpenApiFiles } from '../openapi-files.mjs';
import { inRoot } from '../paths.mjs';

/**
 * `npm run openapi`: writes the golden OpenAPI document and the client's types from the server's
 * routes; with `--check` only says whether they are up to date.
 */
export async function run({ args, progress }) {
  await install(progress);
  await build(['server'], progress);
  const files = await generateOpenApiFiles();
  if (args.includes('--check')) return failIfStale(files);
  for (const { path, content } of files) {
    mkdirSync(dirname(inRoot(path)), { recursive: true });
    writeFileSync(inRoot(path), content);
    progress.say(`Wrote ${path}`);
  }
  return 0;
}
