import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SchedulerRegistry } from '@nestjs/schedule';
import { PolicyService } from '../../../server/src/budgets/policies/policy.service.js';
import { batchOf } from '../../../server/src/budgets/refresh/refresh-batch.js';
import { RefreshRepository } from '../../../server/src/budgets/refresh/refresh.repository.js';
import { User } from '../../../server/src/users/user.entity.js';
import { DIALECTS } from '../../support/lumen/lumen-server.js';
import { RefreshedLumen } from '../../support/lumen/refreshed.js';
import { until } from '../../support/until.js';

const HOUR_MS = 3_600_000;
const COIN = 1_000_000_000n;
const ADA = 'ada@x.edu';

const users = (coins: object, tokens?: object) =>
  JSON.stringify({ [ADA]: { starting: 0, ...coins, ...(tokens ? { default: tokens } : {}) } });

describe.each(DIALECTS)('a refresh on %s', (dialect) => {
  let running: AsyncDisposableStack;
  let lumen: RefreshedLumen;
  let ada: string;

  beforeEach(async () => {
    running = new AsyncDisposableStack();
    const start = users({ max: 10, refresh: 0.5 }, { max: 1_000, refresh: 7, starting: 0 });
    lumen = running.use(await RefreshedLumen.start(dialect, start));
    ada = await lumen.person(ADA);
  });

  afterEach(() => running.disposeAsync());

  const coins = () => lumen.pool(ada, 'coins');
  const tokens = () => lumen.pool(ada, 'tokens');
  /** An hour's part later. */
  const after = async (hours: number) => {
    lumen.nowMs += hours * HOUR_MS;
    await lumen.refresh();
  };

  it('comes with the hour and counts its fractions', async () => {
    await after(0.99);
    expect((await coins()).balance).toBe(0n);
    await after(0.51);
    expect((await coins()).balance).toBe((COIN * 3n) / 4n);
    expect(await lumen.credits(await coins())).toEqual([(COIN * 3n) / 4n]);
    expect((await coins()).refreshedAt.getTime()).toBe(lumen.nowMs);
  });

  it('loses no fraction of a token, however often it comes', async () => {
    for (let hour = 0; hour < 100; hour += 1) await after(1.01);
    // 707 but for the fractions of a token before the first and after the last look.
    const { balance } = await tokens();
    expect(balance >= 706n && balance <= 708n).toBe(true);
    expect(await lumen.unexplained()).toEqual([]);
  });

  it('catches up after a downtime, up to the maximum, and writes no entry of 0', async () => {
    await after(24 * 365 * 3);
    expect((await coins()).balance).toBe(10n * COIN);
    await after(2);
    expect(await lumen.credits(await coins())).toEqual([10n * COIN]);
    // What passed while the pool was full was not saved up.
    await lumen.change(await coins(), -4n * COIN);
    await after(1);
    expect((await coins()).balance).toBe((COIN * 13n) / 2n);
  });

  it('never lowers a balance', async () => {
    await lumen.change(await coins(), 25n * COIN);
    await after(5);
    expect((await coins()).balance).toBe(25n * COIN);
    expect(await lumen.credits(await coins())).toEqual([]);
  });

  it('bears the largest amounts and longest times there are', async () => {
    await lumen.configure(users({ max: 1_000_000_000, refresh: 1_000_000_000 }));
    await lumen.refresh();
    await after(24 * 365 * 1_000);
    expect((await coins()).balance).toBe(1_000_000_000n * COIN);
    await lumen.change(await coins(), -1n);
    await after(1);
    expect(await lumen.credits(await coins())).toEqual([1_000_000_000n * COIN, 1n]);
  });

  it('credits nothing to a clock that was turned back, and nothing twice', async () => {
    await after(2);
    for (const jump of [-5, 3, 1.9]) await after(jump);
    expect((await coins()).balance).toBe(COIN);
    await after(1.1);
    expect((await coins()).balance).toBe((COIN * 3n) / 2n);
  });

  it('begins anew with a policy that changed, from when that was seen', async () => {
    lumen.nowMs += 0.5 * HOUR_MS;
    await lumen.configure(users({ max: 20, refresh: 4 }));
    await after(0.4);
    const pool = await coins();
    expect(pool).toMatchObject({ balance: 0n, max: 20n * COIN, refresh: 4n * COIN });
    expect(pool.policyVersion).toBe(lumen.app.get(PolicyService).version);
    expect(pool.refreshedAt.getTime()).toBe(lumen.nowMs);
    await after(0.9);
    expect((await coins()).balance).toBe(0n);
    await after(0.1);
    expect((await coins()).balance).toBe(4n * COIN);
  });

  it('goes on as before when only the policies of others changed', async () => {
    lumen.nowMs += 0.5 * HOUR_MS;
    await lumen.configure(
      JSON.stringify({ [ADA]: { max: 10, refresh: 0.5 }, 'bob@x.edu': { max: 3 } }),
    );
    await lumen.refresh();
    expect((await coins()).policyVersion).toBe(lumen.app.get(PolicyService).version);
    await after(0.5);
    expect((await coins()).balance).toBe(COIN / 2n);
  });

  it('leaves alone what no policy governs any more, and begins anew when one does', async () => {
    await after(2);
    await lumen.configure('{}');
    await after(1);
    await after(50);
    expect(await coins()).toMatchObject({ balance: COIN, max: 0n, refresh: 0n });
    await lumen.configure(users({ max: 10, refresh: 0.5 }));
    await after(1);
    expect((await coins()).balance).toBe(COIN);
    await after(1);
    expect((await coins()).balance).toBe((COIN * 3n) / 2n);
  });

  it('leaves alone what belonged to somebody who is gone', async () => {
    await after(2);
    await lumen.dataSource.getRepository(User).delete(ada);
    await after(2);
    expect(await coins()).toMatchObject({ balance: COIN, max: 0n, refresh: 0n });
    const { refreshedAt } = await coins();
    await after(2);
    expect((await coins()).refreshedAt).toEqual(refreshedAt);
  });

  it('reaches every pool of more than fit in a batch', async () => {
    await lumen.dataSource.query(
      `INSERT INTO pools (id, owner_kind, owner_id, unit, scope, balance, held, max, refresh,
         policy_version, refreshed_at, created_at)
       WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1001)
       SELECT 'pool ' || i, 'user', 'nobody ' || i, 'coins', '', 0, 0, 5, 5, 'old', 0, 0 FROM n`,
    );
    await after(1);
    const stale = `SELECT id FROM pools WHERE policy_version = 'old' OR max = 5`;
    expect(await lumen.dataSource.query(stale)).toEqual([]);
    expect((await coins()).balance).toBe(COIN / 2n);
  });

  it('credits once when two refreshers read the same pools', async () => {
    const second = await lumen.add();
    lumen.nowMs += 3 * HOUR_MS;
    const { nowMs } = lumen;
    const both = [lumen.app, second].flatMap((process) => [process, process]);
    const batches = await Promise.all(
      both.map(async (process) => {
        const policies = process.get(PolicyService);
        const { version } = policies;
        const search = { nowMs, version, after: '', limit: 100 };
        const pools = await process.get(RefreshRepository).findDue(search);
        const owners = await policies.resolveMany(pools);
        return { process, batch: batchOf({ pools, owners, version, nowMs }) };
      }),
    );
    for (const { batch } of batches) expect(batch.credits).toHaveLength(2);
    const given = await Promise.all(
      batches.map(({ process, batch }) => process.get(RefreshRepository).write(batch)),
    );
    expect(given.reduce((sum, each) => sum + each)).toBe(2);
    expect(await lumen.credits(await coins())).toEqual([(COIN * 3n) / 2n]);
    expect(await lumen.unexplained()).toEqual([]);
  });

  it('credits once when processes refresh all at once, and requests are charged meanwhile', async () => {
    const second = await lumen.add();
    const first = lumen.app;
    await lumen.change(await coins(), 5n * COIN);
    for (let hour = 0; hour < 4; hour += 1) {
      lumen.nowMs += HOUR_MS;
      const pool = await coins();
      const charges = Array.from({ length: 10 }, () => lumen.change(pool, -COIN / 100n));
      await Promise.all([...charges, lumen.refresh(first), lumen.refresh(second)]);
    }
    expect((await coins()).balance).toBe((COIN * 66n) / 10n);
    expect(await lumen.unexplained()).toEqual([]);
  });

  it('is planned by the interval in force', async () => {
    const registry = lumen.app.get(SchedulerRegistry);
    const planned = () => registry.getTimeout<object>('refresh-budgets');
    const before = planned();
    lumen.nowMs += HOUR_MS;
    await lumen.configure(users({ max: 10, refresh: 0.5 }), 1);
    expect(planned()).not.toBe(before);
    await until(async () => (await coins()).balance > 0n);
  });
});
