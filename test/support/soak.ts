import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export interface SoakFigures {
  answers: number;
  /** Rows of the request log. */
  logged: number;
  /** What the server had in memory after the first requests, and after all. */
  megabytesFirst: number;
  megabytesLast: number;
}

/** Asks the built server `all` times, from other processes. */
export async function soak(first: number, all: number): Promise<SoakFigures> {
  const args = ['test/bench/soak.ts', '--first', String(first), '--all', String(all)];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout) as SoakFigures;
}
