import { setImmediate as nextTurn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** What the longest turn of the event loop took, in milliseconds. */
export interface LongestTurn {
  /** By the clock, other processes of the machine included. */
  wallMs: number;
  /** Of this thread alone: what our own code held up others for. */
  cpuMs: number;
}

/** Runs `work` and watches every turn of the event loop meanwhile. */
export async function watchLoop<T>(
  work: () => Promise<T>,
): Promise<{ result: T; longest: LongestTurn }> {
  // Whatever was done before is in turns of its own, and what other specs of this process left lying
  // about is not cleared away at the expense of this work.
  await nextTurn();
  collectGarbage();
  await nextTurn();
  const longest: LongestTurn = { wallMs: 0, cpuMs: 0 };
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

function now(): LongestTurn {
  const { user, system } = process.threadCpuUsage();
  return { wallMs: performance.now(), cpuMs: (user + system) / 1_000 };
}

/** The processor time of several longest turns, under their names. */
export const cpuOf = (longest: Readonly<Record<string, LongestTurn>>): Record<string, number> =>
  Object.fromEntries(Object.entries(longest).map(([name, { cpuMs }]) => [name, cpuMs]));
