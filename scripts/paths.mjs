import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the repository. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The path of a file of the repository, named from its root. */
export const inRoot = (...parts) => join(root, ...parts);

/** The path of a file in `.cache/`, whose folder is made on the way. */
export function inCache(...parts) {
  const path = inRoot('.cache', ...parts);
  mkdirSync(dirname(path), { recursive: true });
  return path;
}
