import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const KIB = 1024;

/** Bytes of memory that a process has in use. */
export async function residentMemory(pid: number): Promise<number> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]);
  return Number(stdout.trim()) * KIB;
}
