import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import { checkLedger } from '../../../server/src/budgets/ledger/ledger-check.js';
import { withSnapshot } from '../../../server/src/budgets/ledger/ledger-snapshot.js';
import { newId } from '../../../server/src/infrastructure/crypto/identifiers.js';
import { type User } from '../../../server/src/users/user.entity.js';
import { TestApplication } from '../../support/lumen/application.js';
import { LedgerRows } from '../../support/budgets/ledger-rows.js';
import { DIALECTS } from '../../support/lumen/lumen-server.js';
import { addPerson } from '../../support/lumen/people.js';

/** Beyond what a number can tell apart. */
const HUGE = 900_719_925_474_099_301n;
const COIN = 1_000_000_000n;

interface Ids {
  coins: string;
  tokens: string;
  short: string;
  large: string;
  request: string;
  overrun: string;
  hold: string;
}

describe.each(DIALECTS)('the check of the ledger on %s', (dialect) => {
  const running = new AsyncDisposableStack();
  let app: TestApplication;
  let rows: LedgerRows;
  let ada: User;
  let bob: User;
  let ids: Ids;

  beforeAll(async () => {
    app = running.use(await TestApplication.start(dialect));
    rows = new LedgerRows(app.dataSource);
    ada = await addPerson(app.dataSource, 'ada@x.edu');
    bob = await addPerson(app.dataSource, 'bob@x.edu');
  });

  afterAll(() => running.disposeAsync());

  const check = () => checkLedger(app.dataSource);
  const entryOfOther = (kind: string, amount: string, request = 'NULL') =>
    `INSERT INTO ledger_entries (id, pool_id, at, kind, amount, request_log_id)
     VALUES ('${newId()}', 'COINS', 0, '${kind}', ${amount}, ${request})`;

  /** Books that add up, with one of everything. */
  beforeEach(async () => {
    await rows.clear();
    const old = newId();
    const coinPool = { balance: 8n * COIN, held: 2n * COIN };
    const { id: coins } = await rows.pool(ada.id, coinPool);
    const tokenPool = { unit: 'tokens', scope: 'm', balance: 990n, held: 20n } as const;
    const { id: tokens } = await rows.pool(ada.id, tokenPool);
    const { id: short } = await rows.pool(bob.id);
    const { id: large } = await rows.pool(bob.id, { scope: 'm', balance: HUGE });
    const request = await rows.request({
      ...{ coinPoolId: coins, cost: 3n * COIN },
      ...{ tokenPoolId: tokens, promptTokens: 10, completionTokens: 5 },
    });
    const overrun = await rows.request({ coinPoolId: short, cost: 15n });
    await rows.request({ cost: 77n, promptTokens: 4 });
    const held = { coinPoolId: coins, coins: 2n * COIN, tokenPoolId: tokens, tokens: 20n };
    const { id: hold } = await rows.hold(held);
    ids = { coins, tokens, short, large, request, overrun, hold };
    await rows.entry(coins, 'grant', 11n * COIN);
    await rows.entry(coins, 'charge', -1n * COIN, old);
    await rows.entry(coins, 'charge', -3n * COIN, request);
    await rows.entry(coins, 'adjustment', 1n * COIN);
    await rows.entry(tokens, 'grant', 1_000n);
    await rows.entry(tokens, 'charge', -15n, request);
    await rows.entry(tokens, 'refresh', 5n);
    await rows.entry(short, 'grant', 10n);
    await rows.entry(short, 'charge', -15n, overrun);
    await rows.entry(short, 'uncollected', 5n, overrun);
    await rows.entry(large, 'grant', HUGE);
  });

  it('finds nothing wrong with sound books', async () => {
    expect(await check()).toEqual({ pools: 4, holds: 2, entries: 11, faults: [], hasMore: false });
  });

  it.each([
    [
      'a balance below 0',
      [`UPDATE pools SET balance = -1 WHERE id = 'SHORT'`],
      [
        ['balance_below_zero', 'short', -1n, null],
        ['balance_differs_from_ledger', 'short', -1n, 0n],
      ],
    ],
    [
      'a balance that is one unit off, beyond 2^53',
      [`UPDATE pools SET balance = balance + 1 WHERE id = 'LARGE'`],
      [['balance_differs_from_ledger', 'large', HUGE + 1n, HUGE]],
    ],
    [
      'a lost ledger entry',
      [`DELETE FROM ledger_entries WHERE kind = 'refresh'`],
      [['balance_differs_from_ledger', 'tokens', 990n, 985n]],
    ],
    [
      'less than nothing held',
      [`UPDATE pools SET held = -4 WHERE id = 'TOKENS'`],
      [
        ['held_below_zero', 'tokens', -4n, null],
        ['held_differs_from_holds', 'tokens', -4n, 20n],
      ],
    ],
    [
      'something held for nobody',
      [`DELETE FROM holds`],
      [
        ['held_differs_from_holds', 'coins', 2n * COIN, 0n],
        ['held_differs_from_holds', 'tokens', 20n, 0n],
      ],
    ],
    [
      'a coin too little held',
      [`UPDATE pools SET held = held - 1 WHERE id = 'COINS'`],
      [['held_differs_from_holds', 'coins', 2n * COIN - 1n, 2n * COIN]],
    ],
    [
      'a cost that was not charged',
      [`UPDATE request_log SET cost = cost + 1 WHERE id = 'REQUEST'`],
      [['charges_differ_from_costs', 'coins', 3n * COIN, 3n * COIN + 1n]],
    ],
    [
      'tokens that were not charged',
      [`UPDATE request_log SET completion_tokens = 6 WHERE id = 'REQUEST'`],
      [['charges_differ_from_costs', 'tokens', 15n, 16n]],
    ],
    [
      'a charge that is not in the log',
      [`DELETE FROM request_log WHERE id = 'OVERRUN'`],
      [['charges_differ_from_costs', 'short', 15n, 0n]],
    ],
    [
      'a request that was charged twice',
      [entryOfOther('charge', `-${COIN}`, `'REQUEST'`), entryOfOther('refresh', `${COIN}`)],
      [
        ['charges_differ_from_costs', 'coins', 4n * COIN, 3n * COIN],
        ['charged_twice', 'coins', 2n, 1n, 'request'],
      ],
    ],
    [
      'charges that name no request',
      [`UPDATE ledger_entries SET request_log_id = NULL WHERE pool_id = 'SHORT' AND amount < 0`],
      [
        ['charges_differ_from_costs', 'short', 0n, 15n],
        ['charge_without_request', 'short', 1n, 0n],
        ['uncollected_without_charge', 'short', 5n, 0n, 'overrun'],
      ],
    ],
    [
      'something uncollected that was never charged',
      [entryOfOther('uncollected', '7', `'HOLD'`), entryOfOther('adjustment', '-7')],
      [['uncollected_without_charge', 'coins', 7n, 0n, 'hold']],
    ],
    [
      'more uncollected than was charged',
      [
        `UPDATE ledger_entries SET amount = 16 WHERE kind = 'uncollected'`,
        `UPDATE pools SET balance = 11 WHERE id = 'SHORT'`,
      ],
      [['uncollected_exceeds_charge', 'short', 16n, 15n, 'overrun']],
    ],
    [
      'less than nothing uncollected',
      [
        `UPDATE ledger_entries SET amount = -5 WHERE kind = 'uncollected'`,
        `UPDATE ledger_entries SET amount = 20 WHERE kind = 'grant' AND pool_id = 'SHORT'`,
      ],
      [['uncollected_exceeds_charge', 'short', -5n, 15n, 'overrun']],
    ],
    [
      'a hold of a request that has ended',
      [`UPDATE holds SET id = 'REQUEST'`],
      [['hold_of_ended_request', 'coins', 1n, 0n, 'request']],
    ],
  ] as const)('finds %s', async (_what, statements, faults: readonly (readonly unknown[])[]) => {
    for (const statement of statements) {
      await app.dataSource.query(
        statement.replace(/'([A-Z]+)'/g, (_all, name: string) => {
          return `'${ids[name.toLowerCase() as keyof Ids]}'`;
        }),
      );
    }
    const report = await check();
    const found = report.faults.map(({ kind, poolId, requestId, found, expected }) => {
      return { kind, poolId, requestId, found, expected };
    });
    const wanted = faults.map(([kind, pool, found, expected, request]) => ({
      kind,
      poolId: ids[pool as keyof Ids],
      requestId: request ? ids[request as keyof Ids] : null,
      found,
      expected,
    }));
    expect(found).toHaveLength(wanted.length);
    expect(found).toEqual(expect.arrayContaining(wanted));
  });

  it('finds rows of pools that do not exist, and costs that nobody paid', async () => {
    const lost = newId();
    await rows.entry(lost, 'grant', 5n);
    await rows.hold({ tokenPoolId: lost, tokens: 3n });
    await rows.request({ coinPoolId: lost, cost: 9n });
    const { faults } = await check();
    expect(faults).toEqual([
      expect.objectContaining({ kind: 'entry_without_pool', poolId: lost, pool: null, found: 1n }),
      expect.objectContaining({ kind: 'hold_without_pool', poolId: lost, found: 1n }),
      expect.objectContaining({ kind: 'charges_differ_from_costs', found: 0n, expected: 9n }),
    ]);
  });

  it('says whose pool is off, and in what', async () => {
    await app.dataSource.query(`UPDATE pools SET held = 19 WHERE id = '${ids.tokens}'`);
    const { faults } = await check();
    const { id: ownerId } = ada;
    expect(faults).toEqual([
      {
        kind: 'held_differs_from_holds',
        poolId: ids.tokens,
        pool: {
          poolId: ids.tokens,
          ...{ ownerKind: 'user', ownerId, ownerName: 'ada@x.edu' },
          ...{ unit: 'tokens', scope: 'm' },
        },
        requestId: null,
        found: 19n,
        expected: 20n,
      },
    ]);
  });

  it('adds up more than 64 bits hold', async () => {
    const { id } = await rows.pool(ada.id, { scope: 'large', balance: 1n });
    for (let count = 0; count < 12; count += 1) await rows.entry(id, 'grant', HUGE);
    for (let count = 0; count < 12; count += 1) {
      const cost = HUGE;
      await rows.entry(id, 'charge', -HUGE, await rows.request({ coinPoolId: id, cost }));
    }
    await rows.entry(id, 'refresh', 1n);
    expect((await check()).faults).toEqual([]);
  });

  it('stops naming faults at a thousand', async () => {
    const { manager } = app.dataSource;
    await manager.query(
      `INSERT INTO pools (id, owner_kind, owner_id, unit, scope, balance, held, max, refresh,
         policy_version, refreshed_at, created_at)
       WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 6000)
       SELECT 'pool ' || i, 'client', 'nobody ' || i, 'coins', '', 1, 0, 0, 0, '', 0, 0 FROM n`,
    );
    const { faults, hasMore, pools } = await check();
    expect({ count: faults.length, hasMore, pools }).toEqual({
      count: 1_000,
      hasMore: true,
      pools: 6_004,
    });
    expect(faults[0]?.pool?.ownerName).toBeNull();
  });

  it('sees one moment, and lets others write meanwhile', async () => {
    const write = `UPDATE pools SET balance = balance + 1 WHERE id = '${ids.coins}'`;
    const read = `SELECT CAST(balance AS TEXT) AS balance FROM pools WHERE id = '${ids.coins}'`;
    await withSnapshot(app.dataSource, async (query) => {
      expect(await query(read)).toEqual([{ balance: `${8n * COIN}` }]);
      await writeBeside(write);
      expect(await query(read)).toEqual([{ balance: `${8n * COIN}` }]);
    });
    expect((await check()).faults).toHaveLength(1);
  });

  async function writeBeside(statement: string): Promise<void> {
    if (dialect === 'postgres') return app.dataSource.query(statement);
    const file = app.databaseUrl.slice('sqlite:///'.length);
    const database = new Database(file, { timeout: 0 });
    database.exec(statement);
    database.close();
  }
});
