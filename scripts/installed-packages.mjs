import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from './failure.mjs';

/** Lies in node_modules and names the lock file that was installed, by its hash. */
const STAMP = '.lumen-install';

/**
 * Whether `directory/node_modules` holds what `directory/package-lock.json` asks for. Quick when the
 * last install was ours; otherwise npm's own record of what it installed decides, so that a
 * developer's `npm install` is not done over.
 */
export function isInstalled(directory) {
  const lock = readFileSync(join(directory, 'package-lock.json'), 'utf8');
  if (readIfPresent(join(directory, 'node_modules', STAMP)) === hash(lock)) return true;
  const record = readIfPresent(join(directory, 'node_modules', '.package-lock.json'));
  if (record === undefined || !isRecordOf(JSON.parse(record), JSON.parse(lock))) return false;
  writeFileSync(join(directory, 'node_modules', STAMP), hash(lock));
  return true;
}

/** Notes that the lock file of `directory` is installed, having made sure of it. */
export function markInstalled(directory) {
  if (isInstalled(directory)) return;
  throw new Failure(
    `${join(directory, 'package-lock.json')} does not fit the package.json beside it. Run npm install there and commit both.`,
  );
}

/**
 * Whether npm's record (`node_modules/.package-lock.json`) is that of an install of `lock`: nothing
 * in it differs from the lock. What only one of them has must be optional (other platforms' packages).
 */
export function isRecordOf(record, lock) {
  const isSame = ([path, { version, integrity, optional }]) => {
    const locked = lock.packages[path];
    return locked
      ? locked.version === version && locked.integrity === integrity
      : optional === true;
  };
  const isThere = ([path, { optional }]) => path === '' || optional || path in record.packages;
  return (
    Object.entries(record.packages).every(isSame) && Object.entries(lock.packages).every(isThere)
  );
}

const hash = (text) => createHash('sha256').update(text).digest('hex');

const readIfPresent = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined);
