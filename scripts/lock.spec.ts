import { afterEach, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { setImmediate } from 'node:timers';
import { isAlive, withLock } from './lock.mjs';
import { inCache } from './paths.mjs';

const NAME = `spec-${process.pid}`;
const FILE = inCache(`${NAME}.lock`);

/** The id of a process that is no more. */
const deadPid = () => spawnSync(process.execPath, ['--version']).pid;

describe('the lock between commands', () => {
  afterEach(() => rmSync(FILE, { force: true }));

  it('is held by one at a time', async () => {
    let inside = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++inside);
      await new Promise((resolve) => setImmediate(resolve));
      inside -= 1;
    };
    await Promise.all([withLock(NAME, work), withLock(NAME, work), withLock(NAME, work)]);
    expect(most).toBe(1);
    expect(existsSync(FILE)).toBe(false);
  });

  it('is freed by a failure', async () => {
    const failing = withLock(NAME, () => Promise.reject(new Error('broken')));
    await expect(failing).rejects.toThrow('broken');
    expect(existsSync(FILE)).toBe(false);
  });

  it('is taken over from a process that is gone', async () => {
    writeFileSync(FILE, String(deadPid()));
    await expect(withLock(NAME, () => 'done')).resolves.toBe('done');
  });

  it('tells whom it waits for', async () => {
    writeFileSync(FILE, String(process.pid));
    const waitedFor: number[] = [];
    await withLock(
      NAME,
      () => undefined,
      (pid: number) => {
        waitedFor.push(pid);
        rmSync(FILE);
      },
    );
    expect(waitedFor).toEqual([process.pid]);
  });

  it('knows the living from the dead', () => {
    expect(isAlive(process.pid)).toBe(true);
    expect(isAlive(deadPid())).toBe(false);
    expect(isAlive(Number.NaN)).toBe(false);
  });
});
