import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type INestApplicationContext } from '@nestjs/common';
import { ClockService } from '../../../server/src/infrastructure/clock/clock.service.js';
import { newId } from '../../../server/src/infrastructure/crypto/identifiers.js';
import { ReplicaService } from '../../../server/src/infrastructure/replicas/replica.service.js';
import { AbandonedRequestsService } from '../../../server/src/proxy/metering/abandoned-requests.service.js';
import { recordToJson } from '../../../server/src/usage/log/record-json.js';
import { RequestLog } from '../../../server/src/usage/log/request-log.entity.js';
import { DIALECTS } from '../../support/lumen/lumen-server.js';
import { RefreshedLumen } from '../../support/lumen/refreshed.js';
import { requestRecord } from '../../support/usage/records.js';

const LEASE_MS = 30_000;
const GRANTED = 10_000_000_000n;
const USERS = JSON.stringify({ 'ada@example.edu': { max: 10, refresh: 0, starting: 10 } });

/** A process whose monotonic clock a test moves. */
class Process {
  readonly requests: AbandonedRequestsService;
  readonly replica: ReplicaService;
  private ms: number;

  constructor(context: INestApplicationContext) {
    this.requests = context.get(AbandonedRequestsService);
    this.replica = context.get(ReplicaService);
    const clock = context.get(ClockService);
    this.ms = Math.ceil(clock.monotonicMs());
    clock.monotonicMs = () => this.ms;
  }

  async pass(ms: number): Promise<void> {
    this.ms += ms;
    await this.replica.beat();
  }
}

describe.each(DIALECTS)('requests of processes that died, on %s', (dialect) => {
  let running: AsyncDisposableStack;
  let lumen: RefreshedLumen;
  let one: Process;
  let other: Process;
  let userId: string;
  let poolId: string;

  beforeEach(async () => {
    running = new AsyncDisposableStack();
    lumen = running.use(await RefreshedLumen.start(dialect, USERS));
    one = new Process(lumen.app);
    other = new Process(await lumen.add());
    userId = await lumen.person('ada@example.edu');
    poolId = (await lumen.pool(userId, 'coins')).id;
  }, 60_000);

  afterEach(() => running.disposeAsync());

  /** A request under way, as its process last noted it. */
  async function hold(replicaId: string, coins: bigint, cost: bigint | null): Promise<string> {
    const record = requestRecord({
      userId,
      model: 'm',
      outcome: 'failed',
      status: 503,
      errorCode: 'replica_lost',
      accuracy: cost === null ? null : 'partial',
      promptTokens: cost === null ? null : 3,
      completionTokens: cost === null ? null : 4,
      cost,
      // A checkpoint may be of before its hold grew; the hold knows.
      coinPoolId: null,
      coinsHeld: null,
    });
    await lumen.dataSource.query(
      `INSERT INTO holds (id, replica_id, opened_at, coin_pool_id, coins, tokens, checkpoint)
       VALUES ('${record.id}', '${replicaId}', 0, '${poolId}', ${coins}, 0, '${recordToJson(record)}')`,
    );
    await lumen.dataSource.query(`UPDATE pools SET held = held + ${coins} WHERE id = '${poolId}'`);
    return record.id;
  }

  async function passLease(): Promise<void> {
    for (let passed = 0; passed < LEASE_MS * 2; passed += LEASE_MS / 3) {
      for (const each of [one, other]) await each.pass(LEASE_MS / 3);
    }
  }

  const log = () => lumen.dataSource.getRepository(RequestLog).find({ order: { id: 'ASC' } });

  it('are charged what was last noted, once, whoever finds them', async () => {
    const dead = newId();
    const used = await hold(dead, 5_000n, 1_250n);
    const unused = await hold(dead, 700n, null);
    expect(await one.requests.settleAbandoned()).toBe(0);
    await passLease();
    await Promise.all([
      one.requests.settleAbandoned(),
      other.requests.settleAbandoned(),
      one.requests.settleAbandoned(),
    ]);
    expect(await lumen.pool(userId, 'coins')).toMatchObject({
      balance: GRANTED - 1_250n,
      held: 0n,
    });
    const rows = await log();
    expect(rows).toHaveLength(2);
    expect(rows.find(({ id }) => id === used)).toMatchObject({
      outcome: 'failed',
      errorCode: 'replica_lost',
      accuracy: 'partial',
      cost: 1_250n,
      coinPoolId: poolId,
      coinsHeld: 5_000n,
    });
    expect(rows.find(({ id }) => id === unused)).toMatchObject({ cost: null, accuracy: null });
    expect(await lumen.unexplained()).toEqual([]);
    expect(await one.requests.settleAbandoned()).toBe(0);
  }, 60_000);

  it('are left alone while their process lives', async () => {
    await hold(one.replica.id, 500n, 50n);
    await hold(other.replica.id, 500n, 50n);
    await passLease();
    expect(await one.requests.settleAbandoned()).toBe(0);
    expect(await other.requests.settleAbandoned()).toBe(0);
    expect(await lumen.pool(userId, 'coins')).toMatchObject({ balance: GRANTED, held: 1_000n });
    expect(await log()).toEqual([]);
  }, 60_000);

  it('are found by the hundred', async () => {
    const dead = newId();
    for (let count = 0; count < 501; count += 1) await hold(dead, 10n, 1n);
    await passLease();
    expect(await other.requests.settleAbandoned()).toBe(501);
    expect(await lumen.pool(userId, 'coins')).toMatchObject({
      balance: GRANTED - 501n,
      held: 0n,
    });
  }, 60_000);

  it('are let go of where nothing can be read of them, and keep no other waiting', async () => {
    const dead = newId();
    const unreadable = await hold(dead, 500n, 50n);
    await hold(dead, 500n, 50n);
    await lumen.dataSource.query(`UPDATE holds SET checkpoint = '{' WHERE id = '${unreadable}'`);
    await passLease();
    expect(await one.requests.settleAbandoned()).toBe(2);
    expect(await lumen.pool(userId, 'coins')).toMatchObject({ balance: GRANTED - 50n, held: 0n });
    expect((await log()).find(({ id }) => id === unreadable)).toMatchObject({
      outcome: 'failed',
      cost: null,
      coinsHeld: 500n,
    });
    expect(await lumen.unexplained()).toEqual([]);
  }, 60_000);
});
