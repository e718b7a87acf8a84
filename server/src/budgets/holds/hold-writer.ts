import type BetterSqlite3 from 'better-sqlite3';
import { type PoolClient } from 'pg';
import {
  type BatchWriter,
  type PostgresRound,
} from '../../infrastructure/database/batch-writer.js';
import { type HoldAnswer, type HoldAsk } from './hold-ask.js';
import { answersOf, type HoldRow, running } from './hold-rows.js';
import { type Available, availableOfOne } from './hold-request.js';
import { OPEN_HOLDS, OPEN_ONE_HOLD } from './hold-statements.js';
import { SqlitePools } from './sqlite-pools.js';

const INSERT_HOLD = `INSERT INTO holds
  (id, replica_id, opened_at, coin_pool_id, coins, token_pool_id, tokens, checkpoint)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?)`;

const inserts = new WeakMap<BetterSqlite3.Database, BetterSqlite3.Statement>();

/**
 * Opens holds, in the order of asking. On SQLite what cannot be paid in full is lowered on the spot;
 * on PostgreSQL one statement decides about all, and what may be lowered has to ask again.
 */
export class HoldWriter implements BatchWriter<HoldAsk, HoldAnswer> {
  readonly isOneStatement = true;

  constructor(private readonly replicaId: string) {}

  inSqlite(database: BetterSqlite3.Database, asks: readonly HoldAsk[]): HoldAnswer[] {
    const pools = SqlitePools.of(database);
    let insert = inserts.get(database);
    if (!insert) inserts.set(database, (insert = database.prepare(INSERT_HOLD)));
    const answers: HoldAnswer[] = [];
    for (const ask of asks) answers.push(this.openInSqlite(pools, insert, ask));
    return answers;
  }

  async inPostgres(
    client: PoolClient,
    asks: readonly HoldAsk[],
    { isRepeat }: PostgresRound,
  ): Promise<HoldAnswer[]> {
    if (asks.length === 1 && !isRepeat) {
      const answer = await this.openOne(client, asks[0]!);
      if (answer) return [answer];
    }
    const { rows } = await client.query<HoldRow>({
      name: 'open-holds',
      text: OPEN_HOLDS,
      values: this.valuesOf(asks),
      rowMode: 'array',
    });
    const answers = answersOf(asks, rows);
    if (isRepeat) await findOpened(client, asks, answers);
    return answers;
  }

  /** Null: nothing was held. */
  private async openOne(client: PoolClient, ask: HoldAsk): Promise<HoldAnswer | null> {
    const { id, atMs, coinPoolId, tokenPoolId, checkpoint, size } = ask;
    if (coinPoolId !== null && tokenPoolId !== null) return null;
    const [poolId, amount] =
      coinPoolId === null ? [tokenPoolId, size.tokens] : [coinPoolId, size.coins];
    const held = [coinPoolId, size.coins, tokenPoolId, size.tokens];
    const { rows } = await client.query<[available: string]>({
      name: 'open-one-hold',
      text: OPEN_ONE_HOLD,
      values: [id, this.replicaId, atMs, checkpoint, poolId, amount, ...held],
      rowMode: 'array',
    });
    if (rows.length === 0) return null;
    const available = availableOfOne(coinPoolId, BigInt(rows[0]![0]));
    return { kind: 'granted', size, available };
  }

  private openInSqlite(
    pools: SqlitePools,
    insert: BetterSqlite3.Statement,
    ask: HoldAsk,
  ): HoldAnswer {
    const available: Available = { coins: null, tokens: null };
    const size = pools.hold(ask, available);
    if (!size) return { kind: 'refused', size: ask.size, available };
    const { id, atMs, coinPoolId, tokenPoolId, checkpoint } = ask;
    const { coins, tokens } = size;
    insert.run(id, this.replicaId, atMs, coinPoolId, coins, tokenPoolId, tokens, checkpoint);
    return { kind: 'granted', size, available };
  }

  private valuesOf(asks: readonly HoldAsk[]): unknown[] {
    const ids: string[] = [];
    const times: number[] = [];
    const coinPools: (string | null)[] = [];
    const coins: bigint[] = [];
    const tokenPools: (string | null)[] = [];
    const tokens: bigint[] = [];
    const checkpoints: string[] = [];
    for (const ask of asks) {
      ids.push(ask.id);
      times.push(ask.atMs);
      coinPools.push(ask.coinPoolId);
      coins.push(ask.size.coins);
      tokenPools.push(ask.tokenPoolId);
      tokens.push(ask.size.tokens);
      checkpoints.push(ask.checkpoint);
    }
    const upto = running(asks);
    return [
      ids,
      times,
      coinPools,
      coins,
      upto.coins,
      tokenPools,
      tokens,
      upto.tokens,
      checkpoints,
      upto.poolIds,
      this.replicaId,
    ];
  }
}

/** Of holds that seem not to be paid for, some may be open: by an earlier try of the same batch. */
async function findOpened(
  client: PoolClient,
  asks: readonly HoldAsk[],
  answers: HoldAnswer[],
): Promise<void> {
  const { rows } = await client.query<{ id: string }>(
    'SELECT id FROM holds WHERE id = ANY ($1::text[])',
    [asks.map((ask) => ask.id)],
  );
  const opened = new Set(rows.map((row) => row.id));
  asks.forEach((ask, index) => {
    const { available } = answers[index]!;
    if (opened.has(ask.id)) answers[index] = { kind: 'granted', size: ask.size, available };
  });
}
