import { describe, expect, it } from '@jest/globals';
import type BetterSqlite3 from 'better-sqlite3';
import BetterSqlite from 'better-sqlite3';
import pg, { type PoolClient } from 'pg';
import {
  type BatchWriter,
  type PostgresRound,
} from '../../../server/src/infrastructure/database/batch-writer.js';
import { GroupCommit } from '../../../server/src/infrastructure/database/group-commit.js';
import { HoldWriter } from '../../../server/src/budgets/holds/hold-writer.js';
import { SettlementWriter } from '../../../server/src/budgets/holds/settlement-writer.js';
import { Books, request } from '../../support/budgets/books.js';
import { DIALECTS } from '../../support/lumen/lumen-server.js';
import { until } from '../../support/until.js';

/** Writes numbers into a table, in two statements; counts its batches. */
class NumberWriter implements BatchWriter<number, string> {
  batches = 0;
  repeats = 0;
  /** Called between the statements on PostgreSQL. */
  between: () => Promise<void> = () => Promise.resolve();

  inSqlite(database: BetterSqlite3.Database, items: readonly number[]): string[] {
    this.batches += 1;
    for (const item of items) database.prepare('INSERT INTO numbers VALUES (?)').run(item);
    return items.map((item) => `${item}`);
  }

  async inPostgres(client: PoolClient, items: readonly number[], round: PostgresRound) {
    this.batches += 1;
    this.repeats += Number(round.isRepeat);
    await client.query('SELECT 1');
    await this.between();
    const inserted = client.query(
      'INSERT INTO numbers SELECT * FROM unnest($1::bigint[]) ON CONFLICT DO NOTHING',
      [items],
    );
    round.commit();
    await inserted;
    return items.map((item) => `${item}`);
  }
}

async function lane(books: Books, isPersistent = false) {
  await books.dataSource.query(
    'CREATE TABLE IF NOT EXISTS numbers (n bigint PRIMARY KEY CHECK (n <> 13))',
  );
  const writer = new NumberWriter();
  const options = { name: 'numbers', maxWaiting: () => books.maxQueue, isPersistent };
  return { writer, commits: new GroupCommit(books.dataSource, writer, options) };
}

async function numbers(books: Books): Promise<number[]> {
  const rows = await books.dataSource.query<{ n: string }[]>('SELECT n FROM numbers ORDER BY n');
  return rows.map(({ n }) => Number(n));
}

/** The name of its database. */
const nameOf = (books: Books) => new URL(books.url).pathname.slice(1);

/** Asks the server, not over a connection to the database of the test. */
async function onServer(sql: string, values: unknown[] = []): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: process.env['TEST_POSTGRES_URL'] });
  await client.connect();
  const { rows } = await client.query<Record<string, unknown>>(sql, values);
  await client.end();
  return rows;
}

const WAITING = "FROM pg_stat_activity WHERE datname = $1 AND wait_event_type = 'Lock'";

/** Ends every connection to the database, as a restart of it would. */
function endConnections(books: Books): Promise<unknown> {
  return onServer(
    'SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = $1',
    [nameOf(books)],
  );
}

describe.each(DIALECTS)('a lane on %s', (dialect) => {
  it('commits what arrives in a turn together', async () => {
    await using books = await Books.start(dialect);
    const { writer, commits } = await lane(books);
    const written = await Promise.all([1, 2, 3].map((item) => commits.submit(item)));
    expect(written).toEqual(['1', '2', '3']);
    expect(writer.batches).toBe(1);
    expect(await numbers(books)).toEqual([1, 2, 3]);
    expect(commits.waiting).toBe(0);
  });

  it('lets an item at fault fail alone', async () => {
    await using books = await Books.start(dialect);
    const { commits } = await lane(books, true);
    const items = Array.from({ length: 20 }, (_, index) => index);
    const results = await Promise.allSettled(items.map((item) => commits.submit(item)));
    const failed = results.flatMap(({ status }, index) => (status === 'rejected' ? [index] : []));
    expect(failed).toEqual([13]);
    expect(await numbers(books)).toEqual(items.filter((item) => item !== 13));
    expect(await commits.idle(0)).toBe(true);
  });

  it('takes no more than may wait, unless it is persistent', async () => {
    await using books = await Books.start(dialect);
    const plain = await lane(books);
    const persistent = await lane(books, true);
    books.maxQueue = 2;
    const results = await Promise.allSettled([1, 2, 3].map((n) => plain.commits.submit(n)));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    const pending = [4, 5, 6].map((n) => persistent.commits.submit(n));
    expect(() => persistent.commits.assertRoom()).toThrow('3 numbers wait');
    await Promise.all(pending);
    persistent.commits.assertRoom();
    expect(await numbers(books)).toEqual([1, 2, 4, 5, 6]);
  });

  it('tells when nothing waits any more', async () => {
    await using books = await Books.start(dialect);
    const { commits } = await lane(books);
    const pending = commits.submit(1);
    expect(await commits.idle(5_000)).toBe(true);
    expect(await pending).toBe('1');
  });
});

describe('lanes on sqlite', () => {
  it('share one transaction, of which a part at fault is left out', async () => {
    await using books = await Books.start('sqlite');
    const { commits } = await lane(books);
    const coins = await books.pool(100n);
    const opened = request({ coins }, 10);
    const [number, grant] = await Promise.allSettled([
      commits.submit(13),
      books.holds.open(opened),
    ]);
    expect(number.status).toBe('rejected');
    expect(grant.status).toBe('fulfilled');
    expect(await books.offPools()).toEqual([]);
  });

  it('wait while another process writes the file', async () => {
    await using books = await Books.start('sqlite');
    const { commits } = await lane(books, true);
    const database = (
      books.dataSource.driver as unknown as { databaseConnection: BetterSqlite3.Database }
    ).databaseConnection;
    database.pragma('busy_timeout = 20');
    const other = new BetterSqlite(books.url.replace('sqlite:///', ''));
    other.exec('BEGIN IMMEDIATE');
    const pending = commits.submit(1);
    expect(await commits.idle(200)).toBe(false);
    other.exec('COMMIT');
    other.close();
    expect(await pending).toBe('1');
  });
});

describe('lanes on postgres', () => {
  it('write again, once, what a connection that died may have written or not', async () => {
    await using books = await Books.start('postgres');
    const { writer, commits } = await lane(books, true);
    writer.between = async () => {
      writer.between = () => Promise.resolve();
      await endConnections(books);
    };
    expect(await Promise.all([1, 2].map((n) => commits.submit(n)))).toEqual(['1', '2']);
    expect(writer.repeats).toBe(1);
    expect(await numbers(books)).toEqual([1, 2]);
  });

  it('give up in time where the caller waits, and release what was held after all', async () => {
    await using books = await Books.start('postgres');
    const coins = await books.pool(100n);
    const opened = request({ coins }, 10);
    const runner = books.dataSource.createQueryRunner();
    await runner.startTransaction();
    await runner.query('SELECT 1 FROM pools FOR UPDATE');
    const holding = books.holds.open(opened);
    const refused = expect(holding).rejects.toMatchObject({ code: 'database_unavailable' });
    await until(async () => (await onServer(`SELECT 1 ${WAITING}`, [nameOf(books)])).length > 0);
    await onServer(`ALTER DATABASE ${nameOf(books)} ALLOW_CONNECTIONS false`);
    await onServer(`SELECT pg_terminate_backend(pid, 5000) ${WAITING}`, [nameOf(books)]);
    await refused;
    await runner.rollbackTransaction();
    await runner.release();
    await onServer(`ALTER DATABASE ${nameOf(books)} ALLOW_CONNECTIONS true`);
    // As if the statement had gone through after all.
    await books.dataSource.query(
      `INSERT INTO holds VALUES ('${opened.id}', 'r', 0, '${coins.id}', 10, NULL, 0, '')`,
    );
    await books.dataSource.query('UPDATE pools SET held = 10');
    await until(async () => (await books.open()) === 0);
    expect(await books.state(coins)).toEqual({ balance: 100n, held: 0n });
  });

  it('hold and charge once what was committed without an answer', async () => {
    await using books = await Books.start('postgres');
    const coins = await books.pool(10n);
    const lost = <Item, Result>(writer: BatchWriter<Item, Result>): BatchWriter<Item, Result> => {
      let isFirst = true;
      return {
        isOneStatement: true,
        inSqlite: (...given) => writer.inSqlite(...given),
        async inPostgres(...given) {
          const results = await writer.inPostgres(...given);
          if (!isFirst) return results;
          isFirst = false;
          throw new Error('Connection terminated unexpectedly');
        },
      };
    };
    const options = { name: 'holds', maxWaiting: () => 10 };
    const size = { outputTokens: 10, coins: 10n, tokens: 0n };
    const ask = {
      ...request({ coins }, 10),
      ...{ coinPoolId: coins.id, tokenPoolId: null, size, atMs: 0 },
    };
    const holds = new GroupCommit(books.dataSource, lost(new HoldWriter('replica')), options);
    expect(await holds.submit(ask)).toMatchObject({ kind: 'granted', size });
    expect(await books.state(coins)).toEqual({ balance: 10n, held: 10n });
    expect(await books.open()).toBe(1);
    const settling = new GroupCommit(books.dataSource, lost(new SettlementWriter()), options);
    const { id } = ask;
    const used = { coins: 4n, tokens: 0n, at: new Date(), isHeld: true };
    await settling.submit({ id, coinPoolId: coins.id, tokenPoolId: null, ...used });
    expect(await books.state(coins)).toEqual({ balance: 6n, held: 0n });
    expect(await books.offPools()).toEqual([]);
  });

  it('hold and charge once while connections die under them', async () => {
    await using books = await Books.start('postgres');
    const coins = await books.pool(1_500n);
    let isOver = false;
    const ending = (async () => {
      while (!isOver) await endConnections(books);
    })();
    const pools = { coins };
    const charged = await Promise.all(
      Array.from({ length: 150 }, async () => {
        const each = request(pools, 10);
        try {
          await books.holds.open(each);
        } catch {
          return 0;
        }
        await books.settle(each.id, pools, { coins: 5n });
        return 5;
      }),
    );
    isOver = true;
    await ending;
    const spent = charged.reduce((sum: number, cost) => sum + cost, 0);
    await until(async () => (await books.open()) === 0);
    expect(await books.state(coins)).toEqual({ balance: 1_500n - BigInt(spent), held: 0n });
    expect(await books.offPools()).toEqual([]);
  });
});
