import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LeaseService } from '../../../server/src/infrastructure/leases/lease.service.js';
import { LeasesRepository } from '../../../server/src/infrastructure/leases/leases.repository.js';
import { newId } from '../../../server/src/infrastructure/crypto/identifiers.js';
import { DIALECTS } from '../../support/lumen/lumen-server.js';
import { RefreshedLumen } from '../../support/lumen/refreshed.js';
import { until } from '../../support/until.js';

const TTL_MS = 60_000;

describe.each(DIALECTS)('a job that one at a time does, on %s', (dialect) => {
  const running = new AsyncDisposableStack();
  let lumen: RefreshedLumen;
  let one: LeaseService;
  let other: LeaseService;

  beforeAll(async () => {
    lumen = running.use(await RefreshedLumen.start(dialect));
    one = lumen.app.get(LeaseService);
    other = (await lumen.add()).get(LeaseService);
  });

  afterAll(() => running.disposeAsync());

  const rows = () => lumen.dataSource.query<unknown[]>('SELECT id FROM leases');

  /** As a process that died in the middle of it would leave it. */
  const leave = (name: string) =>
    lumen.app
      .get(LeasesRepository)
      .take({ name, holderId: newId(), ttlMs: TTL_MS, nowMs: lumen.nowMs });

  it('is done by one process while the other passes it over', async () => {
    const work = Promise.withResolvers<string>();
    const first = one.runAlone('job', TTL_MS, () => work.promise);
    await until(async () => (await rows()).length === 1);
    expect(await other.runAlone('job', TTL_MS, () => Promise.resolve('twice'))).toBeNull();
    expect(await other.runAlone('another job', TTL_MS, () => Promise.resolve('done'))).toBe('done');
    work.resolve('once');
    expect(await first).toBe('once');
    expect(await other.runAlone('job', TTL_MS, () => Promise.resolve('next'))).toBe('next');
    expect(await rows()).toEqual([]);
  });

  it('is passed over by the same process, too, while it is at it', async () => {
    const inner = await one.runAlone('job', TTL_MS, () =>
      one.runAlone('job', TTL_MS, () => Promise.resolve('twice')),
    );
    expect(inner).toBeNull();
  });

  it('is free again after it failed', async () => {
    const failing = one.runAlone('job', TTL_MS, () => Promise.reject(new Error('no luck')));
    await expect(failing).rejects.toThrow('no luck');
    expect(await other.runAlone('job', TTL_MS, () => Promise.resolve('done'))).toBe('done');
  });

  it('has one winner when many ask at the same moment', async () => {
    const ends = Promise.withResolvers<boolean>();
    let begun = 0;
    const work = () => {
      begun += 1;
      return ends.promise;
    };
    const tries = Array.from({ length: 20 }, (_, n) =>
      (n % 2 ? one : other).runAlone('job', TTL_MS, work),
    );
    let refused = 0;
    for (const each of tries) void each.then((result) => (refused += result === null ? 1 : 0));
    await until(() => refused === 19);
    expect(begun).toBe(1);
    ends.resolve(true);
    expect((await Promise.all(tries)).filter((result) => result === true)).toHaveLength(1);
  });

  it('is taken over once the lease of a process that died has run out, and not before', async () => {
    await leave('job');
    lumen.nowMs += TTL_MS - 1;
    expect(await one.runAlone('job', TTL_MS, () => Promise.resolve('early'))).toBeNull();
    lumen.nowMs += 1;
    expect(await one.runAlone('job', TTL_MS, () => Promise.resolve('taken over'))).toBe(
      'taken over',
    );
  });

  it('does not wait for a lease that was taken while a clock was years ahead', async () => {
    const nowMs = lumen.nowMs;
    lumen.nowMs += 10 * 365 * 24 * 3_600_000;
    await leave('job');
    lumen.nowMs = nowMs;
    expect(await one.runAlone('job', TTL_MS, () => Promise.resolve('done'))).toBe('done');
  });

  it('keeps its lease while it goes on, and hears when it was lost', async () => {
    const ttlMs = 60;
    const result = await one.runAlone('job', ttlMs, async (signal) => {
      const { dataSource } = lumen;
      lumen.nowMs += ttlMs;
      const later = lumen.nowMs;
      await until(async () => {
        const [row] = await dataSource.query<{ expires_at: string }[]>(
          'SELECT expires_at FROM leases',
        );
        return Number(row!.expires_at) === later + ttlMs;
      });
      expect(signal.aborted).toBe(false);
      await dataSource.query(`UPDATE leases SET holder_id = '${newId()}'`);
      await until(() => signal.aborted);
      return 'heard';
    });
    expect(result).toBe('heard');
    await lumen.dataSource.query('DELETE FROM leases');
  });
});
