import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const PROGRAM = 'test/bench/streams/main.ts';

interface Figures {
  streams: number;
  frames: number;
  lost: number;
  reordered: number;
  cut: number;
  kilobytesEach: number;
}

export interface OpenStreamsFigures {
  relay: Figures;
  lumen: Figures;
  lagP99Ms: number;
}

/** Streams through the bare relay and through the built server, measured from other processes. */
export async function measureOpenStreams(
  streams: number,
  seconds: number,
): Promise<OpenStreamsFigures> {
  const args = [PROGRAM, '--streams', String(streams), '--seconds', String(seconds)];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout) as OpenStreamsFigures;
}
