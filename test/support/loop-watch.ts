import { setImmediate as nextTurn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** What something took, in milliseconds. */
export interface Took {
  /** By the clock, other processes of the machine included. */
  wallMs: number;
  /** Of this thread alone: what our own code held up others for, however busy the machine is. */
  cpuMs: number;
}

/** Runs `work` and watches every turn of the event loop meanwhile. */
export async function watchLoop<T>(work: () => Promise<T>): Promise<{ result: T; longest: Took }> {
  // Whatever was done before is in turns of its own, and what other specs of this process left lying
  // about is not cleared away at the expense of this work.
  await nextTurn();
  collectGarbage();
  await nextTurn();
  const longest: Took = { wallMs: 0, cpuMs: 0 };
  let isWatching = true;
  let last = now();
  const look = () => {
    const current = now();
    longest.wallMs = Math.max(longest.wallMs, current.wallMs - last.wallMs);
    longest.cpuMs = Math.max(longest.cpuMs, current.cpuMs - last.cpuMs);
    last = current;
    if (isWatching) setImmediate(look);
  };
  setImmediate(look);
  try {
    const result = await work();
    // The turn that ends the work counts as well.
    await nextTurn();
    return { result, longest };
  } finally {
    isWatching = false;
  }
}

/** What passes from now on until it is asked. */
export function startTimer(): () => Took {
  const start = now();
  return () => {
    const { wallMs, cpuMs } = now();
    return { wallMs: wallMs - start.wallMs, cpuMs: cpuMs - start.cpuMs };
  };
}

function now(): Took {
  const { user, system } = process.threadCpuUsage();
  return { wallMs: performance.now(), cpuMs: (user + system) / 1_000 };
}

/** The processor time of several, under their names. */
export const cpuOf = (took: Readonly<Record<string, Took>>): Record<string, number> =>
  Object.fromEntries(Object.entries(took).map(([name, { cpuMs }]) => [name, cpuMs]));

/** The time by the clock of several, under their names. */
export const wallOf = (took: Readonly<Record<string, Took>>): Record<string, number> =>
  Object.fromEntries(Object.entries(took).map(([name, { wallMs }]) => [name, wallMs]));
