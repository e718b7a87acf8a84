import { linkSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { inCache } from './paths.mjs';

/** How often a waiting command looks whether the lock has come free. */
const POLL_MS = 200;

/** An empty lock file younger than this is one whose owner has not yet written its id into it. */
const WRITE_MS = 5_000;

/**
 * Runs `work` while no other Lumen command holds the lock `name`. A lock left behind by a process
 * that is gone is taken over. `onWait` is told once if another process has to be waited for.
 *
 * @template T
 * @param {string} name
 * @param {() => T | Promise<T>} work
 * @param {(pid: number) => unknown} [onWait]
 * @returns {Promise<T>}
 */
export async function withLock(name, work, onWait = () => undefined) {
  const path = inCache(`${name}.lock`);
  let hasWaited = false;
  while (!tryLock(path)) {
    const holder = holderOf(path);
    if (holder !== undefined && !isAlive(holder)) {
      breakLock(path, holder);
      continue;
    }
    if (holder !== undefined && !hasWaited) {
      onWait(holder);
      hasWaited = true;
    }
    await delay(POLL_MS);
  }
  const release = () => rmSync(path, { force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.off('exit', release);
    release();
  }
}

function tryLock(path) {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

/** The process that holds the lock; undefined if the lock is free or just being written. */
function holderOf(path) {
  try {
    const content = readFileSync(path, 'utf8');
    const isBeingWritten = content === '' && Date.now() - statSync(path).mtimeMs < WRITE_MS;
    return isBeingWritten ? undefined : Number(content);
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Moves a stale lock aside; if another process has taken it over meanwhile, puts that one back. */
function breakLock(path, deadHolder) {
  const aside = `${path}.stale.${process.pid}`;
  try {
    renameSync(path, aside);
    if (holderOf(aside) !== deadHolder) linkSync(aside, path);
  } catch (error) {
    if (error.code !== 'ENOENT' && error.code !== 'EEXIST') throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

/** Whether a process with this id runs; one of another user counts. */
export function isAlive(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
