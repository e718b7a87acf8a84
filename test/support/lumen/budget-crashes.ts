import { expect } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { startCluster } from '../../../scripts/postgres.mjs';
import { CountingUpstream } from '../counting-upstream.js';
import { type Dialect, LumenServer } from './lumen-server.js';
import { askMetered, type SeenAnswer } from './metered-caller.js';
import { PoolReader } from './pool-reader.js';
import { ReplicaSet } from './replica-set.js';
import { requestLogOf } from './request-log.js';

const NANO = 1_000_000_000n;
const CALLERS = 24;
const LEASE_S = 5;
/** The lease, a look of the reaper, and what a busy machine needs. */
const RESOLVED_WITHIN_MS = 60_000;
const SPENDER = 'spender@example.edu';

const models = (url: string) =>
  JSON.stringify([
    {
      name: 'm',
      input_cost_per_million: 500_000,
      output_cost_per_million: 1_000_000,
      endpoints: [{ url, api_key: 'none' }],
    },
  ]);

const extra = `
users:
  ${SPENDER}:
    max: 10000000
    default:
      max: 1000000000
budgets:
  lease_s: ${LEASE_S}
  reaper_interval_s: 1
`;

export interface Crashes {
  dialect: Dialect;
  /** What is killed, at a random moment of each round. */
  victim: 'lumen' | 'postgres' | 'one of three';
  rounds: number;
}

interface Scene {
  server: LumenServer;
  /** Where callers ask. */
  url: () => string;
  upstream: CountingUpstream;
  key: string;
  crash: () => Promise<void>;
}

/**
 * Kills Lumen or its database again and again while callers ask, and compares the books of three
 * sides afterwards: what callers were told, what the backend produced, and what was charged.
 */
export async function crashAgainAndAgain(crashes: Crashes): Promise<void> {
  await using running = new AsyncDisposableStack();
  const scene = await setUp(crashes, running);
  const answers: SeenAnswer[] = [];
  for (let round = 0; round < crashes.rounds; round += 1) {
    const load = new Load(scene);
    await load.isUnderWay;
    await delay(Math.random() * 600);
    await scene.crash();
    answers.push(...(await load.stop()));
  }
  await check(scene, answers);
}

async function setUp({ dialect, victim }: Crashes, running: AsyncDisposableStack): Promise<Scene> {
  const upstream = running.use(await CountingUpstream.start());
  upstream.pauseMs = 2;
  if (victim === 'one of three') return behindBalancer(upstream, running);
  const cluster = victim === 'postgres' ? await startCluster() : null;
  if (cluster) running.defer(() => cluster.remove());
  const options = { dialect, models: models(upstream.url), extra };
  const own = cluster ? { databaseUrl: cluster.url } : {};
  const server = running.use(await LumenServer.prepare({ ...options, ...own }));
  if (cluster) await server.command('db', 'upgrade');
  await server.launch();
  const key = await server.createKey(SPENDER);
  const crash = async () => {
    if (cluster) {
      await cluster.kill();
      await cluster.start();
    } else {
      await server.crash();
      await server.launch();
    }
  };
  return { server, url: () => server.url, upstream, key, crash };
}

/** Another one of the replicas is killed each time, and the balancer is not told. */
async function behindBalancer(
  upstream: CountingUpstream,
  running: AsyncDisposableStack,
): Promise<Scene> {
  const options = { models: models(upstream.url), extra };
  const set = running.use(await ReplicaSet.start(3, options));
  const key = await set.first.createKey(SPENDER);
  let round = 0;
  const crash = async () => {
    const victim = set.replicas[(round += 1) % set.replicas.length]!;
    await victim.crash();
    await victim.launch();
  };
  return { server: set.first, url: () => set.url, upstream, key, crash };
}

/** Callers who ask, one thing after the other, until they are stopped. */
class Load {
  /** Callers have answers in hand. */
  readonly isUnderWay: Promise<void>;
  private readonly underWay = Promise.withResolvers<void>();
  private readonly answers: SeenAnswer[] = [];
  private isStopped = false;
  private readonly callers: Promise<void>[];

  constructor({ url, key }: Scene) {
    this.isUnderWay = this.underWay.promise;
    this.callers = Array.from({ length: CALLERS }, () => this.keepAsking(url(), key));
  }

  async stop(): Promise<SeenAnswer[]> {
    this.isStopped = true;
    await Promise.all(this.callers);
    return this.answers;
  }

  private async keepAsking(url: string, key: string): Promise<void> {
    while (!this.isStopped) {
      const maxTokens = 5 + Math.floor(Math.random() * 60);
      const isStream = Math.random() < 0.5;
      const answer = await askMetered({ url, key, isStream, maxTokens });
      this.answers.push(answer);
      if (this.answers.length >= CALLERS) this.underWay.resolve();
      if (answer.status !== 200) await delay(5);
    }
  }
}

async function check({ server, upstream }: Scene, answers: SeenAnswer[]): Promise<void> {
  await using pools = await PoolReader.open(server);
  const deadline = Date.now() + RESOLVED_WITHIN_MS;
  const isHeld = async () => (await pools.amounts()).some(({ held }) => held !== 0n);
  while ((await isHeld()) && Date.now() < deadline) await delay(100);
  expect((await pools.amounts()).map(({ held }) => held)).toEqual([0n, 0n]);

  const rows = await requestLogOf(server);
  const charged = new Map(rows.filter(({ cost }) => cost).map((row) => [row.requestId, row]));
  expect(charged.size).toBe(rows.filter(({ cost }) => cost).length);
  const acknowledged = answers.filter(({ isAcknowledged }) => isAcknowledged);
  expect(acknowledged.length).toBeGreaterThan(0);
  for (const { requestId } of acknowledged) {
    const served = upstream.served.get(requestId)!;
    const halfCoins = BigInt(served.promptTokens + 2 * served.completionTokens);
    expect(charged.get(requestId)).toMatchObject({
      outcome: 'completed',
      cost: (halfCoins * NANO) / 2n,
    });
  }
  for (const [requestId, row] of charged) {
    expect(row.completionTokens).toBeLessThanOrEqual(
      upstream.served.get(requestId)!.completionTokens,
    );
  }
  await server.command('ledger', 'verify');
}
