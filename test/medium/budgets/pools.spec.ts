import { describe, expect, it } from '@jest/globals';
import { type OwnerPolicies } from '../../../server/src/budgets/policies/owner-policies.js';
import { PoolsRepository } from '../../../server/src/budgets/pools/pools.repository.js';
import {
  type PolicyScope,
  ResolvedPolicies,
} from '../../../server/src/budgets/policies/pool-policy.js';
import { ClockService } from '../../../server/src/infrastructure/clock/clock.service.js';
import { newId } from '../../../server/src/infrastructure/crypto/identifiers.js';
import { TestApplication } from '../../support/lumen/application.js';
import { type Dialect, DIALECTS } from '../../support/lumen/lumen-server.js';
import { startReplica } from '../../support/lumen/replica.js';
import { moveTime } from '../../support/moving-clock.js';

const NANO = 1_000_000_000n;
const HOUR_MS = 3_600_000;

type Given = Partial<Pick<PolicyScope, 'coins' | 'tokens'>>;

function policiesOf(ownerId: string, given: Given, version = 'v1'): OwnerPolicies {
  const own = { source: 'user a@b.edu', coins: null, tokens: {}, ...given };
  const policies = new ResolvedPolicies({ own, groups: [], shared: null, fallback: null });
  return { ownerKind: 'user', ownerId, ownerName: 'a@b.edu', policies, version };
}

const COINS = { coins: { max: 20, refresh: 0.05, starting: 12.5 } };
const BOTH = { ...COINS, tokens: { default: { max: 9, refresh: 1, starting: 9 } } };

async function start(dialect: Dialect) {
  const app = await TestApplication.start(dialect);
  return {
    app,
    pools: app.context.get(PoolsRepository),
    time: moveTime(app.context.get(ClockService)),
    entries: () =>
      app.dataSource.query<{ kind: string; amount: string; pool_id: string }[]>(
        'SELECT kind, CAST(amount AS TEXT) AS amount, pool_id FROM ledger_entries ORDER BY amount',
      ),
    [Symbol.asyncDispose]: () => app[Symbol.asyncDispose](),
  };
}

describe.each(DIALECTS)('PoolsRepository on %s', (dialect) => {
  it('makes each missing pool once, with one grant, however many ask', async () => {
    await using lumen = await start(dialect);
    await using others = new AsyncDisposableStack();
    let elsewhere = lumen.pools;
    // SQLite's driver waits for a lock without giving way: two of them in one process never end.
    if (dialect === 'postgres') {
      elsewhere = others.use(await startReplica(lumen.app)).context.get(PoolsRepository);
    }
    const owner = policiesOf(newId(), BOTH);
    const asked = Array.from({ length: 20 }, (_, index) =>
      (index % 2 === 0 ? lumen.pools : elsewhere).ensure(owner),
    );
    const answers = (await Promise.all(asked)).map((pools) => pools!.map(({ id }) => id).join());
    expect(new Set(answers).size).toBe(1);
    const pools = await lumen.pools.of(owner);
    expect(pools).toMatchObject([
      { unit: 'coins', scope: '', balance: 12_500_000_000n, held: 0n, max: 20n * NANO },
      { unit: 'tokens', scope: '', balance: 9n, max: 9n, refresh: 1n, policyVersion: 'v1' },
    ]);
    expect(await lumen.entries()).toEqual([
      { kind: 'grant', amount: '12500000000', pool_id: pools[0]!.id },
      { kind: 'grant', amount: '9', pool_id: pools[1]!.id },
    ]);
  });

  it('keeps amounts exact that a number could not tell apart', async () => {
    await using lumen = await start(dialect);
    const most = { max: 1e9, refresh: 999_999_999.999999, starting: 1e9 };
    const [pool] = (await lumen.pools.ensure(policiesOf(newId(), { coins: most })))!;
    expect(pool).toMatchObject({
      balance: 1_000_000_000n * NANO,
      max: 1_000_000_000n * NANO,
      refresh: 999_999_999_999_999_000n,
    });
    await lumen.app.dataSource.query('UPDATE pools SET balance = balance - 1');
    const [after] = await lumen.pools.of(pool!);
    expect(after?.balance).toBe(999_999_999_999_999_999n);
  });

  it('makes no pool where nothing is limited, and no grant of nothing', async () => {
    await using lumen = await start(dialect);
    const endless = policiesOf(newId(), { coins: { max: -2, refresh: 0, starting: 0 } });
    expect(await lumen.pools.ensure(endless)).toEqual([]);
    const empty = policiesOf(newId(), { coins: { max: 5, refresh: 1, starting: 0 } });
    expect(await lumen.pools.ensure(empty)).toMatchObject([{ balance: 0n }]);
    expect(await lumen.entries()).toEqual([]);
  });

  it('has a pool adopt another policy: clock anew, balance as it was, no second grant', async () => {
    await using lumen = await start(dialect);
    const ownerId = newId();
    const [before] = (await lumen.pools.ensure(policiesOf(ownerId, COINS)))!;
    lumen.time.forward(HOUR_MS / 2);
    const less = { coins: { max: 2, refresh: 1, starting: 2 } };
    const [after] = (await lumen.pools.ensure(policiesOf(ownerId, less, 'v2')))!;
    expect(after).toEqual({
      ...before,
      max: 2n * NANO,
      refresh: NANO,
      policyVersion: 'v2',
      refreshedAt: new Date(before!.refreshedAt.getTime() + HOUR_MS / 2),
    });
    expect(await lumen.entries()).toHaveLength(1);
  });

  it('leaves the clock alone where only the version is another one', async () => {
    await using lumen = await start(dialect);
    const ownerId = newId();
    const [before] = (await lumen.pools.ensure(policiesOf(ownerId, COINS)))!;
    lumen.time.forward(HOUR_MS / 2);
    const [after] = (await lumen.pools.ensure(policiesOf(ownerId, COINS, 'v2')))!;
    expect(after).toEqual({ ...before, policyVersion: 'v2' });
  });

  it('stops the refresh of a pool that nothing governs any more, and takes nothing from it', async () => {
    await using lumen = await start(dialect);
    const ownerId = newId();
    const [before] = (await lumen.pools.ensure(policiesOf(ownerId, COINS)))!;
    const [idle] = (await lumen.pools.ensure(policiesOf(ownerId, {}, 'v2')))!;
    expect(idle).toMatchObject({ id: before!.id, balance: before!.balance, max: 0n, refresh: 0n });
    const [again] = (await lumen.pools.ensure(policiesOf(ownerId, COINS, 'v3')))!;
    expect(again).toMatchObject({ id: before!.id, balance: before!.balance, max: 20n * NANO });
    expect(await lumen.entries()).toHaveLength(1);
  });

  it('undoes a pool whose grant cannot be written', async () => {
    await using lumen = await start(dialect);
    const owner = policiesOf(newId(), COINS);
    await lumen.app.dataSource.query('ALTER TABLE ledger_entries RENAME TO elsewhere');
    await expect(lumen.pools.ensure(owner)).rejects.toThrow(/ledger_entries/);
    await lumen.app.dataSource.query('ALTER TABLE elsewhere RENAME TO ledger_entries');
    expect(await lumen.pools.of(owner)).toEqual([]);
    expect(await lumen.pools.ensure(owner)).toHaveLength(1);
    expect(await lumen.entries()).toHaveLength(1);
  });
});
