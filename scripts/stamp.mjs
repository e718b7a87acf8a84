import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inCache } from './paths.mjs';

/** What tools leave beside the sources, and what no build reads. */
const IGNORED = /^(dist|node_modules|\.angular)$|\.spec\.ts$/;

/**
 * One hash over the names and contents of files and folders (named from `base`, folders with all
 * the sources that are in them). A name that does not exist counts as such, so that its appearance
 * is a change.
 */
export function hashFiles(base, names) {
  const hash = createHash('sha256');
  for (const name of names.flatMap((named) => listFiles(base, named))) {
    const path = join(base, name);
    const content = existsSync(path) ? readFileSync(path) : undefined;
    hash.update(`${name}\0${content?.length ?? 'absent'}\0`);
    if (content) hash.update(content);
  }
  return hash.digest('hex');
}

function listFiles(base, name) {
  const path = join(base, name);
  if (!existsSync(path) || !statSync(path).isDirectory()) return [name];
  return readdirSync(path)
    .filter((entry) => !IGNORED.test(entry))
    .sort()
    .flatMap((entry) => listFiles(base, `${name}/${entry}`));
}

/**
 * The record of what something was last made from. `isCurrent(hash)` asks, `write(hash)` notes and
 * `clear()` forgets it.
 */
export function stamp(name) {
  const path = inCache('stamps', name);
  return {
    isCurrent: (hash) => existsSync(path) && readFileSync(path, 'utf8') === hash,
    write: (hash) => writeFileSync(path, hash),
    clear: () => rmSync(path, { force: true }),
  };
}
