import { readFileSync } from 'node:fs';

const MS_PER_TICK = 10;

/**
 * The processor time a process has used so far, in milliseconds, all its threads together; NaN where
 * the system does not tell (only Linux does). It depends far less than the clock on what else runs.
 */
export function processorTimeMs(pid: number): number {
  const stat = readStat(pid);
  // The name of the program, in parentheses, may contain anything.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK;
}

function readStat(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'latin1');
  } catch {
    return '';
  }
}
