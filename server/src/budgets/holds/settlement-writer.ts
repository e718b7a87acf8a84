import { Injectable } from '@nestjs/common';
import type BetterSqlite3 from 'better-sqlite3';
import { type PoolClient } from 'pg';
import { type BatchWriter } from '../../infrastructure/database/batch-writer.js';
import { newId } from '../../infrastructure/crypto/identifiers.js';
import { availableOfOne } from './hold-request.js';
import { countable } from './hold-size.js';
import { outcomesOf, type SettledRow } from './settlement-rows.js';
import { type Settlement, type SettlementOutcome } from './settlement.js';
import { SETTLE_ALL_HOLDS, SETTLE_HOLDS, SETTLE_ONE_HOLD } from './settlement-statement.js';
import { SqliteSettlements } from './sqlite-settlements.js';

/**
 * Charges what requests cost and releases what was held for them. "The hold was there" makes it
 * happen once: a settlement whose hold is gone does nothing.
 */
@Injectable()
export class SettlementWriter implements BatchWriter<Settlement, SettlementOutcome> {
  readonly isOneStatement = true;

  inSqlite(database: BetterSqlite3.Database, items: readonly Settlement[]): SettlementOutcome[] {
    const settlements = SqliteSettlements.of(database);
    const outcomes: SettlementOutcome[] = [];
    for (const item of items) outcomes.push(item.isHeld ? settlements.settle(item) : nothingHeld());
    return outcomes;
  }

  inPostgres(client: PoolClient, items: readonly Settlement[]): Promise<SettlementOutcome[]> {
    const firsts = [...placesOf(items).values()].map((place) => items[place]!);
    return settle(client, items, firsts, { name: 'settle-holds', text: SETTLE_HOLDS });
  }

  /**
   * The same where no two settlements are of one hold, and all holds are taken to be there: otherwise
   * this rejects and the transaction has failed. Everything is sent when it returns.
   */
  allInPostgres(client: PoolClient, items: readonly Settlement[]): Promise<SettlementOutcome[]> {
    const held = items.filter(({ isHeld }) => isHeld);
    if (items.length === 1 && held.length === 1 && isOfOnePool(items[0]!)) {
      return settleOne(client, items[0]!);
    }
    return settle(client, items, held, { name: 'settle-all-holds', text: SETTLE_ALL_HOLDS });
  }
}

const isOfOnePool = ({ coinPoolId, tokenPoolId }: Settlement) =>
  (coinPoolId === null) !== (tokenPoolId === null);

async function settleOne(client: PoolClient, item: Settlement): Promise<SettlementOutcome[]> {
  const { id, at, coinPoolId, tokenPoolId, coins, tokens } = item;
  const [poolId, used] = coinPoolId === null ? [tokenPoolId, tokens] : [coinPoolId, coins];
  const { rows } = await client.query<[available: string, one: number]>({
    name: 'settle-one-hold',
    text: SETTLE_ONE_HOLD,
    values: [id, at.getTime(), countable(used), newId(), poolId],
    rowMode: 'array',
  });
  return [{ isFirst: true, available: availableOfOne(coinPoolId, BigInt(rows[0]![0])) }];
}

async function settle(
  client: PoolClient,
  items: readonly Settlement[],
  held: readonly Settlement[],
  statement: { name: string; text: string },
): Promise<SettlementOutcome[]> {
  if (held.length === 0) return items.map(nothingHeld);
  const values = valuesOf(held);
  const { rows } = await client.query<SettledRow>({ ...statement, values, rowMode: 'array' });
  const outcomes = await outcomesOf(client, held, rows);
  return held.length === items.length ? outcomes : spread(items, outcomes);
}

const nothingHeld = (): SettlementOutcome => ({
  isFirst: true,
  available: { coins: null, tokens: null },
});

/** The first place of each hold among the items, in their order. */
function placesOf(items: readonly Settlement[]): Map<string, number> {
  const places = new Map<string, number>();
  for (let n = 0; n < items.length; n += 1) {
    const { id, isHeld } = items[n]!;
    if (isHeld && !places.has(id)) places.set(id, n);
  }
  return places;
}

/** The outcomes of what was sent, given to all items; a second settlement of a hold came too late. */
function spread(
  items: readonly Settlement[],
  outcomes: readonly SettlementOutcome[],
): SettlementOutcome[] {
  const places = placesOf(items);
  const byId = new Map([...places.keys()].map((id, index) => [id, outcomes[index]!]));
  return items.map((item, n) => {
    if (!item.isHeld) return nothingHeld();
    const outcome = byId.get(item.id)!;
    return places.get(item.id) === n ? outcome : { ...outcome, isFirst: false };
  });
}

function valuesOf(items: readonly Settlement[]): unknown[] {
  const ids: string[] = [];
  const times: number[] = [];
  const coins: bigint[] = [];
  const tokens: bigint[] = [];
  const coinEntries: (string | null)[] = [];
  const tokenEntries: (string | null)[] = [];
  const pools = new Set<string>();
  for (const { id, at, coinPoolId, tokenPoolId, ...used } of items) {
    ids.push(id);
    times.push(at.getTime());
    coins.push(countable(used.coins));
    tokens.push(countable(used.tokens));
    coinEntries.push(coinPoolId === null ? null : newId());
    tokenEntries.push(tokenPoolId === null ? null : newId());
    if (coinPoolId !== null) pools.add(coinPoolId);
    if (tokenPoolId !== null) pools.add(tokenPoolId);
  }
  return [ids, times, coins, tokens, coinEntries, tokenEntries, [...pools]];
}
