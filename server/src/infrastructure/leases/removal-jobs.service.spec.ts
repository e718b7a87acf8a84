import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ClockService } from '../clock/clock.service.js';
import { ClockStepsService } from '../clock/clock-steps.service.js';
import { Lease } from './lease.entity.js';
import { LeaseService } from './lease.service.js';
import { LeasesRepository } from './leases.repository.js';
import { RemovalJobsService } from './removal-jobs.service.js';

const HOUR_MS = 3_600_000;
const TTL_MS = 60_000;

describe('what is removed in the background', () => {
  const ahead = { clock: 0, monotonic: 0 };
  let dataSource: DataSource;
  let leases: LeaseService;
  let jobs: RemovalJobsService;
  let done: string[];
  let logged: string[];

  beforeEach(async () => {
    const inMemory = { type: 'better-sqlite3', database: ':memory:' } as const;
    dataSource = new DataSource({ ...inMemory, entities: [Lease], synchronize: true });
    await dataSource.initialize();
    Object.assign(ahead, { clock: 0, monotonic: 0 });
    const clock = new ClockService();
    clock.nowMs = () => Date.now() + ahead.clock + ahead.monotonic;
    clock.monotonicMs = () => performance.now() + ahead.monotonic;
    leases = new LeaseService(new LeasesRepository(dataSource), clock);
    jobs = new RemovalJobsService(leases, new ClockStepsService(clock));
    done = [];
    logged = [];
    for (const level of ['log', 'warn'] as const) {
      const log = (text: unknown) => void logged.push(`${level}: ${String(text)}`);
      jest.spyOn(Logger.prototype, level).mockImplementation(log);
    }
  });

  afterEach(async () => {
    jest.restoreAllMocks();
    await dataSource.destroy();
  });

  const job = (name: string, removed = 3) => ({
    name,
    what: 'old things',
    remove: () => {
      done.push(name);
      return Promise.resolve(removed);
    },
  });

  it('is logged, unless there was nothing', async () => {
    await jobs.removeOld(job('one'));
    await jobs.removeOld(job('one', 0));
    expect(done).toEqual(['one', 'one']);
    expect(logged).toEqual(['log: Removed for good: 3 old things.']);
  });

  it('is left to the replica that is at it, and so are no others', async () => {
    await leases.runAlone('one', TTL_MS, async () => {
      await jobs.removeOld(job('one'));
      await jobs.remove(job('one'));
      await jobs.removeOld(job('another'));
    });
    expect(done).toEqual(['another']);
    await jobs.removeOld(job('one'));
    expect(done).toEqual(['another', 'one']);
  });

  it('is tried again after it failed, and nobody has to catch anything', async () => {
    const remove = () => Promise.reject(new Error('no luck'));
    await jobs.removeOld({ ...job('one'), remove });
    const thrown = (): Promise<number> => {
      throw new Error('none at all');
    };
    await jobs.removeOld({ ...job('one'), remove: thrown });
    expect(logged).toEqual([
      'warn: The old things were not removed, and will be later: Error: no luck',
      'warn: The old things were not removed, and will be later: Error: none at all',
    ]);
    await jobs.removeOld(job('one'));
    expect(done).toEqual(['one']);
  });

  it('waits for a database that does not work', async () => {
    await dataSource.query('DROP TABLE leases');
    await jobs.removeOld(job('one'));
    expect(done).toEqual([]);
    expect(logged).toEqual([expect.stringMatching(/^warn: The old things were not removed/)]);
  });

  it.each([1, -1])(
    'is not what is old for a day after the clock stepped by a year',
    async (way) => {
      ahead.clock = way * 365 * 24 * HOUR_MS;
      await jobs.removeOld(job('old'));
      await jobs.remove(job('deleted by somebody'));
      expect(done).toEqual(['deleted by somebody']);
      ahead.monotonic = 25 * HOUR_MS;
      await jobs.removeOld(job('old'));
      expect(done).toEqual(['deleted by somebody', 'old']);
    },
  );
});
