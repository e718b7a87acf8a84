import type BetterSqlite3 from 'better-sqlite3';
import { type PoolClient } from 'pg';
import { type BatchWriter } from '../../infrastructure/database/batch-writer.js';
import { type HoldAnswer, type HoldAsk } from './hold-ask.js';
import { type Available } from './hold-request.js';
import { answersOf, type HoldRow, running } from './hold-rows.js';
import { EXTEND_HOLDS } from './hold-statements.js';
import { SqlitePools } from './sqlite-pools.js';

interface Statements {
  find: BetterSqlite3.Statement;
  extend: BetterSqlite3.Statement;
}

const prepared = new WeakMap<BetterSqlite3.Database, Statements>();

/** Raises holds, with the pools they hold of, and stores their checkpoints. A hold that is gone is refused. */
export class HoldExtensionWriter implements BatchWriter<HoldAsk, HoldAnswer> {
  readonly isOneStatement = true;

  inSqlite(database: BetterSqlite3.Database, asks: readonly HoldAsk[]): HoldAnswer[] {
    const pools = SqlitePools.of(database);
    const statements = prepared.get(database) ?? prepare(database);
    return asks.map((ask) => extendInSqlite(pools, statements, ask));
  }

  async inPostgres(client: PoolClient, asks: readonly HoldAsk[]): Promise<HoldAnswer[]> {
    const firsts = new Map<string, HoldAsk>();
    for (const ask of asks) if (!firsts.has(ask.id)) firsts.set(ask.id, ask);
    const sent = [...firsts.values()];
    const { rows } = await client.query<HoldRow>({
      name: 'extend-holds',
      text: EXTEND_HOLDS,
      values: valuesOf(sent),
      rowMode: 'array',
    });
    const answers = answersOf(sent, rows);
    if (sent.length === asks.length) return answers;
    const byId = new Map(sent.map((ask, index) => [ask.id, answers[index]!]));
    // A second ask for the same hold waits for the next batch.
    return asks.map((ask) =>
      firsts.get(ask.id) === ask ? byId.get(ask.id)! : { ...refused(ask), kind: 'lower' },
    );
  }
}

const refused = (ask: HoldAsk): HoldAnswer => ({
  kind: 'refused',
  size: ask.size,
  available: { coins: null, tokens: null },
});

function prepare(database: BetterSqlite3.Database): Statements {
  const statements = {
    find: database.prepare('SELECT 1 FROM holds WHERE id = ?').pluck(true),
    extend: database.prepare(
      'UPDATE holds SET coins = coins + ?, tokens = tokens + ?, checkpoint = ? WHERE id = ?',
    ),
  };
  prepared.set(database, statements);
  return statements;
}

function extendInSqlite(
  pools: SqlitePools,
  { find, extend }: Statements,
  ask: HoldAsk,
): HoldAnswer {
  const available: Available = { coins: null, tokens: null };
  if (find.get(ask.id) === undefined) return refused(ask);
  const size = pools.hold(ask, available);
  extend.run(size?.coins ?? 0n, size?.tokens ?? 0n, ask.checkpoint, ask.id);
  return size ? { kind: 'granted', size, available } : { ...refused(ask), available };
}

function valuesOf(asks: readonly HoldAsk[]): unknown[] {
  const upto = running(asks);
  return [
    asks.map((ask) => ask.id),
    asks.map((ask) => ask.size.coins),
    upto.coins,
    asks.map((ask) => ask.size.tokens),
    upto.tokens,
    asks.map((ask) => ask.checkpoint),
    upto.poolIds,
  ];
}
