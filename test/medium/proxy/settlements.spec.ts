import { describe, expect, it } from '@jest/globals';
import { type PoolRef } from '../../../server/src/budgets/pools/funding.js';
import { SettlementWriter } from '../../../server/src/budgets/holds/settlement-writer.js';
import { type ConfigurationService } from '../../../server/src/config/configuration.service.js';
import { ClockService } from '../../../server/src/infrastructure/clock/clock.service.js';
import { SettlementsService } from '../../../server/src/proxy/metering/settlements.service.js';
import { SpendingService } from '../../../server/src/proxy/metering/spending.service.js';
import { type RequestRecord } from '../../../server/src/usage/log/request-record.js';
import { RequestRecordWriter } from '../../../server/src/usage/log/request-record-writer.js';
import { HOURLY_TABLES } from '../../../server/src/usage/rollups/rollup-tables.js';
import { Books, request } from '../../support/budgets/books.js';
import { DIALECTS } from '../../support/lumen/lumen-server.js';
import { requestRecord } from '../../support/usage/records.js';

const HELD = 50n;
const COST = 20n;
/** Seven tokens. */
const USED = { promptTokens: 3, completionTokens: 4 };

const poolsOf = (unit: 'coins' | 'tokens', { id }: PoolRef) =>
  unit === 'coins' ? { coinPoolId: id } : { coinPoolId: null, tokenPoolId: id };

function settlementsOf(books: Books): SettlementsService {
  const configuration = { current: { budgets: { maxQueue: 1_000 } } };
  return new SettlementsService(
    books.dataSource,
    configuration as unknown as ConfigurationService,
    new SettlementWriter(),
    new RequestRecordWriter(new ClockService(), { place: 0 }),
    new ClockService(),
    new SpendingService(),
  );
}

/** A request that is held for, and its record at its end. */
async function held(books: Books, coins: PoolRef, more: Partial<RequestRecord> = {}) {
  const opened = request({ coins }, Number(HELD));
  await books.holds.open(opened);
  return requestRecord({ id: opened.id, coinPoolId: coins.id, cost: COST, ...more });
}

/** The ids in the log, and how many requests each rollup by hour has counted. */
async function logged(books: Books) {
  const read = async (sql: string) =>
    (await books.dataSource.query<{ value: string }[]>(sql)).map(({ value }) => value);
  const counts = HOURLY_TABLES.map(async ({ name }) => {
    const [sum] = await read(`SELECT COALESCE(sum(requests), 0) AS value FROM ${name}`);
    return Number(sum);
  });
  return {
    ids: await read('SELECT id AS value FROM request_log ORDER BY id'),
    counted: [...new Set(await Promise.all(counts))],
  };
}

describe.each(DIALECTS)('the end of requests in the books, on %s', (dialect) => {
  it('is charged, logged and counted together', async () => {
    await using books = await Books.start(dialect);
    const coins = await books.pool(1_000n);
    const other = await books.pool(1_000n);
    const records = [
      await held(books, coins),
      await held(books, other, { model: 'another', userId: null, clientId: other.id }),
      requestRecord({ coinPoolId: null, cost: COST }),
    ];
    const settlements = settlementsOf(books);
    const outcomes = await Promise.all(records.map((record) => settlements.settle(record)));
    expect(outcomes.map(({ isFirst }) => isFirst)).toEqual([true, true, true]);
    expect(outcomes.map(({ available }) => available.coins)).toEqual([980n, 980n, null]);
    const ids = records.map(({ id }) => id).sort();
    expect(await logged(books)).toEqual({ ids, counted: [3] });
    expect(await books.state(coins)).toEqual({ balance: 980n, held: 0n });
    expect(await books.offPools()).toEqual([]);
  });

  it('leaves out those that somebody else has settled, and only those', async () => {
    await using books = await Books.start(dialect);
    const coins = await books.pool(1_000n);
    const records: RequestRecord[] = [];
    for (let n = 0; n < 5; n += 1) records.push(await held(books, coins));
    await books.settle(records[2]!.id, { coins });
    const settlements = settlementsOf(books);
    const outcomes = await Promise.all(records.map((record) => settlements.settle(record)));
    expect(outcomes.map(({ isFirst }) => isFirst)).toEqual([true, true, false, true, true]);
    const ids = records.filter((_, n) => n !== 2).map(({ id }) => id);
    expect(await logged(books)).toEqual({ ids: ids.sort(), counted: [4] });
    expect(await books.state(coins)).toEqual({ balance: 1_000n - 4n * COST, held: 0n });
    expect(await books.offPools()).toEqual([]);
  });

  describe('that come alone', () => {
    it.each([
      ['coins', 1_000n, { balance: 980n, available: 980n, kinds: ['grant', 'charge'] }],
      ['tokens', 1_000n, { balance: 993n, available: 993n, kinds: ['grant', 'charge'] }],
      ['coins', 50n, { balance: 30n, available: 30n, kinds: ['grant', 'charge'] }],
    ] as const)('are charged to a pool of %s with %i in it', async (unit, granted, expected) => {
      await using books = await Books.start(dialect);
      const pool = await books.pool(granted, unit);
      const opened = request({ [unit]: pool }, Number(HELD));
      await books.holds.open(opened);
      const { id } = opened;
      const record = requestRecord({ id, ...poolsOf(unit, pool), cost: COST, ...USED });
      const outcome = await settlementsOf(books).settle(record);
      const available = { coins: null, tokens: null, [unit]: expected.available };
      expect(outcome).toEqual({ isFirst: true, available });
      expect(await books.state(pool)).toEqual({ balance: expected.balance, held: 0n });
      expect((await books.entries(pool)).map(({ kind }) => kind)).toEqual(expected.kinds);
      expect(await logged(books)).toEqual({ ids: [id], counted: [1] });
      expect(await books.offPools()).toEqual([]);
    });

    it('are charged to two pools', async () => {
      await using books = await Books.start(dialect);
      const pools = { coins: await books.pool(1_000n), tokens: await books.pool(500n, 'tokens') };
      const opened = request(pools, Number(HELD));
      await books.holds.open(opened);
      const both = { coinPoolId: pools.coins.id, tokenPoolId: pools.tokens.id };
      const record = requestRecord({ id: opened.id, ...both, cost: COST, ...USED });
      const outcome = await settlementsOf(books).settle(record);
      expect(outcome).toEqual({ isFirst: true, available: { coins: 980n, tokens: 493n } });
      expect(await books.offPools()).toEqual([]);
    });

    it('cost nothing, and leave no entry', async () => {
      await using books = await Books.start(dialect);
      const coins = await books.pool(1_000n);
      const record = await held(books, coins, { cost: null });
      const outcome = await settlementsOf(books).settle(record);
      expect(outcome).toEqual({ isFirst: true, available: { coins: 1_000n, tokens: null } });
      expect(await books.entries(coins)).toHaveLength(1);
      expect(await logged(books)).toEqual({ ids: [record.id], counted: [1] });
    });

    it('leave uncollected what the pool cannot pay', async () => {
      await using books = await Books.start(dialect);
      const coins = await books.pool(60n);
      const record = await held(books, coins, { cost: 75n });
      const outcome = await settlementsOf(books).settle(record);
      expect(outcome).toEqual({ isFirst: true, available: { coins: 0n, tokens: null } });
      expect(await books.entries(coins)).toEqual([
        { kind: 'grant', amount: 60n },
        { kind: 'charge', amount: -75n },
        { kind: 'uncollected', amount: 15n },
      ]);
      expect(await logged(books)).toEqual({ ids: [record.id], counted: [1] });
      expect(await books.offPools()).toEqual([]);
    });

    it('do nothing where somebody else has settled them', async () => {
      await using books = await Books.start(dialect);
      const coins = await books.pool(1_000n);
      const record = await held(books, coins);
      await books.settle(record.id, { coins });
      const late = await settlementsOf(books).settle(record);
      expect(late).toEqual({ isFirst: false, available: { coins: 1_000n, tokens: null } });
      expect(await logged(books)).toEqual({ ids: [], counted: [0] });
      expect(await books.offPools()).toEqual([]);
    });
  });

  it('comes once, however often it is told', async () => {
    await using books = await Books.start(dialect);
    await using another = await books.another();
    const coins = await books.pool(1_000n);
    const record = await held(books, coins);
    const companion = await held(books, coins);
    const [here, there] = [settlementsOf(books), settlementsOf(another)];
    const outcomes = await Promise.all([
      here.settle(record),
      here.settle(companion),
      here.settle(record),
      there.settle(record),
    ]);
    outcomes.push(await here.settle(record), await there.settle(record));
    expect(outcomes.filter(({ isFirst }) => isFirst)).toHaveLength(2);
    expect(await logged(books)).toEqual({ ids: [record.id, companion.id].sort(), counted: [2] });
    expect(await books.state(coins)).toEqual({ balance: 1_000n - 2n * COST, held: 0n });
    expect(await books.offPools()).toEqual([]);
  });

  it('is charged even if the log has the request already', async () => {
    await using books = await Books.start(dialect);
    const coins = await books.pool(1_000n);
    const settlements = settlementsOf(books);
    const record = await held(books, coins);
    await settlements.settle({ ...record, coinPoolId: null });
    const companion = await held(books, coins);
    const outcomes = await Promise.all([record, companion].map((one) => settlements.settle(one)));
    expect(outcomes.map(({ isFirst }) => isFirst)).toEqual([true, true]);
    expect(await logged(books)).toEqual({ ids: [record.id, companion.id].sort(), counted: [2] });
    expect(await books.state(coins)).toEqual({ balance: 1_000n - 2n * COST, held: 0n });
  });

  it('of one that cannot be written harms no other', async () => {
    await using books = await Books.start(dialect);
    const coins = await books.pool(1_000n);
    const records = [await held(books, coins), await held(books, coins), await held(books, coins)];
    records[1]!.durationMs = Number.NaN;
    const settlements = settlementsOf(books);
    const results = await Promise.allSettled(records.map((record) => settlements.settle(record)));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    const ids = [records[0]!.id, records[2]!.id].sort();
    expect(await logged(books)).toEqual({ ids, counted: [2] });
    expect(await books.state(coins)).toEqual({ balance: 1_000n - 2n * COST, held: HELD });
    expect(await books.offPools()).toEqual([]);
  });
});
