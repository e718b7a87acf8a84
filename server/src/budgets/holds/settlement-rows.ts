import { type PoolClient } from 'pg';
import { PoolSums } from './hold-rows.js';
import { type Settlement, type SettlementOutcome } from './settlement.js';

/**
 * One pool that a hold had held of, as PostgreSQL spells it: the place of its settlement from 1, which
 * pool, what it had left when it was locked, and how much more it has left by this settlement.
 */
export type SettledRow = [
  n: string,
  isCoins: boolean,
  available: string | null,
  freed: string | null,
];

/** What the rows, in the order of the settlements, mean for them. */
export async function outcomesOf(
  client: PoolClient,
  settlements: readonly Settlement[],
  rows: readonly SettledRow[],
): Promise<SettlementOutcome[]> {
  const outcomes: SettlementOutcome[] = settlements.map(notFirst);
  const freed = new PoolSums();
  let firsts = 0;
  for (const [n, isCoins, before, more] of rows) {
    const place = Number(n) - 1;
    const { coinPoolId, tokenPoolId } = settlements[place]!;
    const outcome = outcomes[place]!;
    const left = freed.add(isCoins ? coinPoolId : tokenPoolId, BigInt(more ?? 0));
    const available = left === null ? null : BigInt(before ?? 0) + left;
    if (isCoins) outcome.available.coins = available;
    else outcome.available.tokens = available;
    if (!outcome.isFirst) firsts += 1;
    outcome.isFirst = true;
  }
  if (firsts < settlements.length) await findAvailable(client, settlements, outcomes);
  return outcomes;
}

const notFirst = (): SettlementOutcome => ({
  isFirst: false,
  available: { coins: null, tokens: null },
});

/** The statement says nothing of the pools of those who came too late. */
async function findAvailable(
  client: PoolClient,
  settlements: readonly Settlement[],
  outcomes: SettlementOutcome[],
): Promise<void> {
  const late = settlements.filter((_, place) => !outcomes[place]!.isFirst);
  const ids = late.flatMap(({ coinPoolId, tokenPoolId }) => [coinPoolId, tokenPoolId]);
  const { rows } = await client.query<{ id: string; available: string }>(
    'SELECT id, balance - held AS available FROM pools WHERE id = ANY ($1::text[])',
    [ids.filter((id) => id !== null)],
  );
  const pools = new Map(rows.map(({ id, available }) => [id, BigInt(available)]));
  const availableOf = (id: string | null) => (id === null ? null : (pools.get(id) ?? 0n));
  settlements.forEach(({ coinPoolId, tokenPoolId }, place) => {
    const outcome = outcomes[place]!;
    if (outcome.isFirst) return;
    outcome.available = { coins: availableOf(coinPoolId), tokens: availableOf(tokenPoolId) };
  });
}
