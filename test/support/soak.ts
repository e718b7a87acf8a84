import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Megabytes of the server when everything that can be collected has been. */
interface Memory {
  /** By JavaScript, and by native code for it. */
  keptMb: number;
  /** What the system counts for the process: with it what V8 holds ready for itself. */
  residentMb: number;
}

export interface SoakFigures {
  answers: number;
  /** Rows of the request log. */
  logged: number;
  /** After the first requests, and after all. */
  afterFirst: Memory;
  afterAll: Memory;
}

/** Asks the built server `all` times, from other processes. */
export async function soak(first: number, all: number): Promise<SoakFigures> {
  const args = ['test/bench/soak.ts', '--first', String(first), '--all', String(all)];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout) as SoakFigures;
}
