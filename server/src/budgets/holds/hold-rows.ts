import { type HoldAnswer, type HoldAsk, nextTry } from './hold-ask.js';
import { type Available } from './hold-request.js';

/**
 * Of an ask, as PostgreSQL spells it: its place from 1, whether it fits, and what the two pools had
 * left when they were locked.
 */
export type HoldRow = [
  n: string,
  fits: boolean | null,
  coins: string | null,
  tokens: string | null,
];

export interface FromPools {
  readonly coinPoolId: string | null;
  readonly tokenPoolId: string | null;
}

/** Running sums, one for each pool. */
export class PoolSums {
  private readonly sums = new Map<string, bigint>();

  /** Null for no pool. */
  add(poolId: string | null, amount: bigint): bigint | null {
    if (poolId === null) return null;
    const sum = (this.sums.get(poolId) ?? 0n) + amount;
    this.sums.set(poolId, sum);
    return sum;
  }

  get poolIds(): string[] {
    return [...this.sums.keys()];
  }
}

/** What was asked for of each pool, up to and with each ask. */
export interface Running {
  coins: (bigint | null)[];
  tokens: (bigint | null)[];
  /** The pools that a batch touches, each once. */
  poolIds: string[];
}

export function running(asks: readonly HoldAsk[]): Running {
  const sums = new PoolSums();
  const coins: (bigint | null)[] = [];
  const tokens: (bigint | null)[] = [];
  for (const ask of asks) {
    coins.push(sums.add(ask.coinPoolId, ask.size.coins));
    tokens.push(sums.add(ask.tokenPoolId, ask.size.tokens));
  }
  return { coins, tokens, poolIds: sums.poolIds };
}

/** What the rows mean for the asks, in their order; an ask without a row is refused. */
export function answersOf(asks: readonly HoldAsk[], rows: readonly HoldRow[]): HoldAnswer[] {
  const places: HoldRow[] = [];
  for (const row of rows) places[Number(row[0]) - 1] = row;
  const taken = new PoolSums();
  return asks.map((ask, index) => answerOf(ask, places[index], taken));
}

const NOTHING: Available = { coins: null, tokens: null };

function answerOf(ask: HoldAsk, row: HoldRow | undefined, taken: PoolSums): HoldAnswer {
  const { size } = ask;
  if (!row) return { kind: 'refused', size, available: NOTHING };
  const { coins, tokens } = row[1] ? size : { coins: 0n, tokens: 0n };
  const available = {
    coins: left(row[2], taken.add(ask.coinPoolId, coins)),
    tokens: left(row[3], taken.add(ask.tokenPoolId, tokens)),
  };
  if (row[1]) return { kind: 'granted', size, available };
  const less = nextTry(ask, available);
  return less ? { kind: 'lower', size: less, available } : { kind: 'refused', size, available };
}

/** A pool that is gone has nothing left; where there is none to ask, nothing is limited. */
function left(before: string | null, taken: bigint | null): bigint | null {
  return taken === null ? null : BigInt(before ?? 0) - taken;
}
