import { type Load } from './processes.ts';
import { type Comparison, type Pairs, type Plan, runPairs, type Targets } from './rounds.ts';

const CONNECTIONS = 32;

/** How long the parts of a measurement take; both targets are asked for `forMs` in each round. */
const WARM_UP = { rounds: 3, forMs: 1_500 };
const THROUGHPUT = { rounds: 15, forMs: 1_000 };
const LATENCY = { rounds: 6, forMs: 700 };
/** The pause keeps what an answer leaves to do, its record, out of the next one's first token. */
const FIRST_TOKEN = { rounds: 6, forMs: 700, pauseMs: 2 };
const FRAMES = { rounds: 2, forMs: 1_000 };

export interface FrameFaults {
  frames: number;
  lost: number;
  reordered: number;
}

export interface Measurement {
  /** Completions each second on 32 connections. */
  requestsPerSecond: Comparison;
  /** Microseconds of processor time for each of them, of the process alone; NaN if not known. */
  processorUs: Comparison;
  /** Median milliseconds of a completion, one at a time. */
  latencyMs: Comparison;
  /** Median milliseconds to the first frame of a stream, one at a time. */
  firstTokenMs: Comparison;
  /** Of all streams that were read, one at a time and 32 at a time. */
  frames: { relay: FrameFaults; lumen: FrameFaults };
  /** How many requests Lumen has answered. */
  answersOfLumen: number;
}

/** Measures relay and Lumen against each other; takes about a minute. */
export async function measure(load: Load, targets: Targets): Promise<Measurement> {
  const run = (plan: Plan): Promise<Pairs> => runPairs(load, targets, plan);
  const warmUp = await run({ ...WARM_UP, connections: CONNECTIONS, kind: 'completion' });
  const throughput = await run({ ...THROUGHPUT, connections: CONNECTIONS, kind: 'completion' });
  const latency = await run({ ...LATENCY, connections: 1, kind: 'completion' });
  const firstToken = await run({ ...FIRST_TOKEN, connections: 1, kind: 'stream' });
  const streams = await run({ ...FRAMES, connections: CONNECTIONS, kind: 'stream' });
  const all = [warmUp, throughput, latency, firstToken, streams];
  return {
    requestsPerSecond: throughput.ratio(({ answers, elapsedMs }) => (answers * 1000) / elapsedMs),
    processorUs: throughput.ratio(({ answers, processorMs }) => (processorMs * 1000) / answers),
    latencyMs: latency.added(({ medianMs }) => medianMs),
    firstTokenMs: firstToken.added(({ medianFirstByteMs }) => medianFirstByteMs),
    frames: { relay: faults(all, 'relay'), lumen: faults(all, 'lumen') },
    answersOfLumen: all.reduce((sum, pairs) => sum + pairs.sum('lumen', (of) => of.answers), 0),
  };
}

function faults(all: readonly Pairs[], of: 'relay' | 'lumen'): FrameFaults {
  const sum = (name: 'frames' | 'framesLost' | 'framesReordered'): number =>
    all.reduce((total, pairs) => total + pairs.sum(of, (result) => result[name]), 0);
  return { frames: sum('frames'), lost: sum('framesLost'), reordered: sum('framesReordered') };
}
