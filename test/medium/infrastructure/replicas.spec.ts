import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type INestApplicationContext } from '@nestjs/common';
import { ClockService } from '../../../server/src/infrastructure/clock/clock.service.js';
import { newId } from '../../../server/src/infrastructure/crypto/identifiers.js';
import { ReplicaService } from '../../../server/src/infrastructure/replicas/replica.service.js';
import { DIALECTS } from '../../support/lumen/lumen-server.js';
import { RefreshedLumen } from '../../support/lumen/refreshed.js';

const LEASE_MS = 30_000;
const DAY_MS = 86_400_000;

/** A process whose monotonic clock a test moves; its own beats are ten seconds apart and not due in a test. */
class Process {
  readonly service: ReplicaService;
  private ms: number;

  constructor(readonly context: INestApplicationContext) {
    this.service = context.get(ReplicaService);
    const clock = context.get(ClockService);
    this.ms = Math.ceil(clock.monotonicMs());
    clock.monotonicMs = () => this.ms;
  }

  pass(ms: number): void {
    this.ms += ms;
  }
}

describe.each(DIALECTS)('replicas on %s', (dialect) => {
  let running: AsyncDisposableStack;
  let lumen: RefreshedLumen;
  let one: Process;
  let other: Process;

  beforeEach(async () => {
    running = new AsyncDisposableStack();
    lumen = running.use(await RefreshedLumen.start(dialect));
    one = new Process(lumen.app);
    other = new Process(await lumen.add());
    await other.service.beat();
    await one.service.beat();
  });

  afterEach(() => running.disposeAsync());

  /** Ten seconds at a time, in which those who live say so. */
  const passTime = async (ms: number, ...living: Process[]) => {
    for (let passed = 0; passed < ms; passed += LEASE_MS / 3) {
      for (const each of [one, other]) each.pass(LEASE_MS / 3);
      for (const each of living) await each.service.beat();
    }
  };
  const hold = (replicaId: string) =>
    lumen.dataSource.query(
      `INSERT INTO holds (id, replica_id, opened_at, coins, tokens, checkpoint)
       VALUES ('${newId()}', '${replicaId}', 0, 0, 0, '{}')`,
    );
  const known = async () => {
    const rows = await lumen.dataSource.query<{ id: string }[]>('SELECT id FROM replicas');
    return rows.map(({ id }) => id);
  };

  it('are dead after a lease of silence, and not before', async () => {
    await passTime((LEASE_MS * 2) / 3, one);
    one.pass(LEASE_MS / 3 - 1);
    expect(await one.service.deadReplicas()).toEqual([]);
    one.pass(1);
    expect(await one.service.deadReplicas()).toEqual([other.service.id]);
    await other.service.beat();
    expect(await one.service.deadReplicas()).toEqual([]);
    await passTime((LEASE_MS * 2) / 3, one);
    expect(await one.service.deadReplicas()).toEqual([]);
  });

  it('never die while they beat, whatever the clocks on the wall say', async () => {
    for (const jump of [-DAY_MS, 365 * DAY_MS, -40 * DAY_MS, 0, 12_345]) {
      lumen.nowMs += jump;
      await passTime(LEASE_MS * 2, one, other);
      expect(await one.service.deadReplicas()).toEqual([]);
      expect(await other.service.deadReplicas()).toEqual([]);
    }
  });

  it('are dead, too, if they left nothing but work, and nobody counts itself', async () => {
    const gone = newId();
    await hold(gone);
    await hold(one.service.id);
    await passTime(LEASE_MS * 2, one, other);
    expect(await one.service.deadReplicas()).toEqual([gone]);
  });

  it('are not taken for dead because the database was away for everybody', async () => {
    for (const each of [one, other]) each.pass(LEASE_MS * 5);
    expect(await one.service.deadReplicas()).toEqual([]);
    expect(one.service.isFenced).toBe(true);
    await other.service.beat();
    expect(other.service.isFenced).toBe(false);
  });

  it('stop before others may take them for dead', async () => {
    await one.service.beat();
    one.pass(LEASE_MS * 0.8);
    expect(one.service.isFenced).toBe(false);
    one.pass(1);
    expect(one.service.isFenced).toBe(true);
    await one.service.beat();
    expect(one.service.isFenced).toBe(false);
  });

  it('have places by when they started, and move up when one before them is gone', async () => {
    const third = new Process(await lumen.add());
    const byStart = [one, other, third].sort((a, b) => (a.service.id < b.service.id ? -1 : 1));
    for (const each of byStart) await each.service.beat();
    for (const each of byStart) await each.service.beat();
    expect(byStart.map(({ service }) => service.place)).toEqual([0, 1, 2]);
    const [, second, last] = byStart as [Process, Process, Process];
    for (let passed = 0; passed <= LEASE_MS; passed += LEASE_MS / 3) {
      for (const each of byStart) each.pass(LEASE_MS / 3);
      for (const each of [second, last]) await each.service.beat();
    }
    expect([second, last].map(({ service }) => service.place)).toEqual([0, 1]);
  });

  it('are forgotten when they are long dead and have no work left', async () => {
    await hold(other.service.id);
    await passTime(LEASE_MS * 5, one);
    expect(await known()).toHaveLength(2);
    await lumen.dataSource.query('DELETE FROM holds');
    await passTime(LEASE_MS / 3, one);
    expect(await known()).toEqual([one.service.id]);
    await other.service.beat();
    expect(await known()).toHaveLength(2);
  });

  it('leave nothing when they stop in peace', async () => {
    const { id } = other.service;
    await lumen.restart();
    expect(await known()).not.toContain(id);
  });
});
