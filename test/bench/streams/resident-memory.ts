import { readFile } from 'node:fs/promises';

/** What a process has in memory; NaN where the system does not say (it is Linux that does). */
export async function residentBytes(pid: number): Promise<number> {
  try {
    const status = await readFile(`/proc/${pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1_024;
  } catch {
    return Number.NaN;
  }
}
