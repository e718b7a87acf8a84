import { execFileSync } from 'node:child_process';
import { closeSync, openSync, readdirSync } from 'node:fs';

/** Enough to start the program that sets the limit. */
const ROOM = 40;

/** Does some work while this process has no file descriptor left. Linux alone. */
export async function withoutDescriptors(work: () => Promise<void>): Promise<void> {
  const limit = execFileSync('prlimit', [...mine(), '--nofile', '-o', 'SOFT', '--noheadings']);
  const highest = Math.max(...readdirSync('/proc/self/fd').map(Number));
  execFileSync('prlimit', [...mine(), `--nofile=${highest + ROOM}:`]);
  const taken: number[] = [];
  try {
    takeAll(taken);
    await work();
  } finally {
    taken.forEach((descriptor) => closeSync(descriptor));
    execFileSync('prlimit', [...mine(), `--nofile=${String(limit).trim()}:`]);
  }
}

const mine = () => ['--pid', String(process.pid)];

function takeAll(taken: number[]): void {
  for (;;) {
    try {
      taken.push(openSync('/dev/null', 'r'));
    } catch {
      return;
    }
  }
}
