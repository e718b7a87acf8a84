import { existsSync, readFileSync } from 'node:fs';
import { Failure } from './failure.mjs';
import { inRoot } from './paths.mjs';
import { runOrFail } from './processes.mjs';

const DOCUMENT = 'docs/openapi.json';
const TYPES = 'client/src/app/core/api/schema.ts';

/**
 * The files that follow from the server's OpenAPI document, each `{ path, content }` with `path` from
 * the root: the golden document itself and the client's types. The server must be built.
 */
export async function generateOpenApiFiles() {
  const json = await runOrFail(process.execPath, [inRoot('server', 'dist', 'openapi.js')], {
    message: 'The server does not print its OpenAPI document, see above.',
  });
  const document = JSON.parse(json);
  return [
    { path: DOCUMENT, content: `${JSON.stringify(document, null, 2)}\n` },
    { path: TYPES, content: await clientTypes(document) },
  ];
}

/** Throws a Failure that names the files that are not as they would be generated now. */
export function failIfStale(files) {
  const stale = files
    .filter(
      ({ path, content }) =>
        !existsSync(inRoot(path)) || readFileSync(inRoot(path), 'utf8') !== content,
    )
    .map(({ path }) => path);
  if (stale.length === 0) return;
  throw new Failure(
    `Stale: ${stale.join(', ')}. The server's routes have changed; mend with: npm run openapi`,
  );
}

async function clientTypes(document) {
  const { astToString, default: openapiTS } = await import('openapi-typescript');
  const types = astToString(await openapiTS(structuredClone(document)));
  const header = '// Generated from docs/openapi.json by `npm run openapi`. Do not edit.\n';
  return `${header}\n${types}\n${schemaAliases(Object.keys(document.components?.schemas ?? {}))}`;
}

/** One exported type for each schema, its name without the server's suffix `Dto`. */
export const schemaAliases = (names) =>
  names
    .map((name) => `export type ${name.replace(/Dto$/, '')} = components['schemas']['${name}'];\n`)
    .join('');
