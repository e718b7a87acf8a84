import { type Kind } from './exchange.ts';
import { type JobResult } from './job.ts';
import { type Load } from './processes.ts';
import { processorTimeMs } from './processor-time.ts';
import { median } from './statistics.ts';

/** Where a job goes, and which process answers it. */
export interface Target {
  origin: string;
  key: string;
  pid: number;
}

export interface Targets {
  relay: Target;
  lumen: Target;
}

/** How often and how long both are asked in turn. */
export interface Plan {
  rounds: number;
  forMs: number;
  connections: number;
  kind: Kind;
  pauseMs?: number;
}

/** What came of a job, and the processor time that its target needed for it. */
export interface RoundResult extends JobResult {
  processorMs: number;
}

interface Pair {
  relay: RoundResult;
  lumen: RoundResult;
}

export type Read = (result: RoundResult) => number;

/** One figure of both, and how they compare: the median over the pairs, and the range of the pairs. */
export interface Comparison {
  relay: number;
  lumen: number;
  compared: number;
  lowest: number;
  highest: number;
}

/** Results of rounds in which relay and Lumen did the same, one right after the other. */
export class Pairs {
  private readonly pairs: readonly Pair[];

  constructor(pairs: readonly Pair[]) {
    this.pairs = pairs;
  }

  /** Lumen's share of the relay's figure. */
  ratio(read: Read): Comparison {
    return this.compare(read, (relay, lumen) => lumen / relay);
  }

  /** What Lumen adds to the relay's figure. */
  added(read: Read): Comparison {
    return this.compare(read, (relay, lumen) => lumen - relay);
  }

  sum(of: keyof Pair, read: Read): number {
    return this.pairs.reduce((sum, pair) => sum + read(pair[of]), 0);
  }

  private compare(read: Read, by: (relay: number, lumen: number) => number): Comparison {
    const compared = this.pairs.map(({ relay, lumen }) => by(read(relay), read(lumen)));
    return {
      relay: median(this.pairs.map((pair) => read(pair.relay))),
      lumen: median(this.pairs.map((pair) => read(pair.lumen))),
      compared: median(compared),
      lowest: Math.min(...compared),
      highest: Math.max(...compared),
    };
  }
}

/**
 * Asks relay and Lumen in turn, in short rounds: on a machine that others use too, only what was
 * measured within the same few seconds can be compared. Every other pair begins with Lumen, so that
 * neither has the better place.
 */
export async function runPairs(load: Load, targets: Targets, plan: Plan): Promise<Pairs> {
  const { rounds, ...job } = plan;
  const run = (target: Target): Promise<RoundResult> => runRound(load, target, job);
  const pairs: Pair[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const isLumenFirst = round % 2 === 1;
    const first = await run(isLumenFirst ? targets.lumen : targets.relay);
    const second = await run(isLumenFirst ? targets.relay : targets.lumen);
    pairs.push(isLumenFirst ? { relay: second, lumen: first } : { relay: first, lumen: second });
  }
  return new Pairs(pairs);
}

async function runRound(
  load: Load,
  { origin, key, pid }: Target,
  plan: Omit<Plan, 'rounds'>,
): Promise<RoundResult> {
  const before = processorTimeMs(pid);
  const result = await load.run({ pauseMs: 0, ...plan, origin, key });
  return { ...result, processorMs: processorTimeMs(pid) - before };
}
