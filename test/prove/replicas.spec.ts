import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { CountingUpstream } from '../support/counting-upstream.js';
import { BrowserSession } from '../support/lumen/browser-session.js';
import { crashAgainAndAgain } from '../support/lumen/budget-crashes.js';
import { race } from '../support/lumen/budget-race.js';
import { type LumenServer } from '../support/lumen/lumen-server.js';
import { askMetered, type SeenAnswer } from '../support/lumen/metered-caller.js';
import { ReplicaSet } from '../support/lumen/replica-set.js';
import { SteadyLoad } from '../support/lumen/steady-load.js';
import { until } from '../support/until.js';
import { figuresOf, prove } from '../support/proof.js';

const MINUTE_MS = 60_000;
/** As many as callers, so that no two need the same pool at the same moment. */
const PEOPLE = Array.from({ length: 64 }, (_, index) => `person${index}@example.edu`);

const models = (url: string, ...names: string[]) =>
  JSON.stringify(
    names.map((name) => ({
      name,
      input_cost_per_million: 500_000,
      output_cost_per_million: 1_000_000,
      endpoints: [{ url, api_key: 'none' }],
    })),
  );

const extra = `users:\n${PEOPLE.map((email) => `  ${email}: { max: 10000000 }`).join('\n')}\n`;

const say = (text: string) => void process.stdout.write(`${text}\n`);

describe('three replicas on PostgreSQL and Redis behind nginx', () => {
  const running = new AsyncDisposableStack();
  let upstream: CountingUpstream;
  let set: ReplicaSet;
  let keys: string[];

  beforeAll(async () => {
    upstream = running.use(await CountingUpstream.start());
    upstream.pauseMs = 2;
    // As docs/replicas.md says for nginx: a second more than it keeps idle connections.
    const options = { models: models(upstream.url, 'm'), extra, server: '  drain_s: 5' };
    set = running.use(await ReplicaSet.start(3, options));
    keys = await Promise.all(PEOPLE.map((email) => set.first.createKey(email)));
  }, 5 * MINUTE_MS);

  afterAll(() => running.disposeAsync(), MINUTE_MS);

  const statusAt = async ({ url }: LumenServer, key: string) => {
    const headers = { authorization: `Bearer ${key}` };
    const answer = await fetch(`${url}/v1/models`, { headers });
    return { status: answer.status, text: await answer.text() };
  };
  /** Milliseconds until something is so at every replica. */
  const everywhereAfter = async (isSo: (replica: LumenServer) => Promise<boolean>) => {
    const startedMs = performance.now();
    await Promise.all(set.replicas.map((each) => until(() => isSo(each), 20_000)));
    return performance.now() - startedMs;
  };

  it(
    'are restarted one after the other under 200 requests a second, and nobody notices',
    async () => {
      upstream.pauseMs = 20;
      const load = new SteadyLoad({ url: set.url, keys, perSecond: 200 });
      await until(() => load.count > 400, MINUTE_MS);
      const long: Promise<SeenAnswer>[] = [];
      const pauses: number[] = [];
      for (const replica of set.replicas) {
        // Of about three seconds each, so that some are open wherever the signal comes.
        const ask = { url: set.url, isStream: true, maxTokens: 150 };
        long.push(...keys.slice(0, 9).map((key) => askMetered({ ...ask, key })));
        await delay(500);
        const startedMs = performance.now();
        replica.signal('SIGTERM');
        expect(await replica.ended).toBe(0);
        await replica.launch();
        pauses.push(Math.round(performance.now() - startedMs));
        await delay(1_000);
      }
      const { answers, perSecond } = await load.stop();
      upstream.pauseMs = 2;
      const streams = await Promise.all(long);
      const bad = [...answers, ...streams].filter(({ isAcknowledged }) => !isAcknowledged);
      const cut = streams.filter(({ isAcknowledged, tokens }) => !isAcknowledged || tokens < 150);
      const failed = answers.filter(({ isAcknowledged }) => !isAcknowledged);
      if (bad.length > 0) say(JSON.stringify(kindsOf(bad)));
      const subject = 'rolling restart of three';
      const none = { unit: 'of them', atMost: 0 };
      prove(
        { name: `${subject}: requests`, measured: answers.length, unit: 'requests' },
        { name: `${subject}: load`, measured: perSecond, unit: 'requests/s', atLeast: 190 },
        { name: `${subject}: failed requests`, measured: failed.length, ...none },
        { name: `${subject}: streams of 3 s under way`, measured: streams.length, unit: 'streams' },
        { name: `${subject}: streams cut short`, measured: cut.length, ...none },
        { name: `${subject}: longest away`, measured: Math.max(...pauses), unit: 'ms' },
      );
      await set.first.command('ledger', 'verify');
    },
    5 * MINUTE_MS,
  );

  it(
    'see a new configuration within six seconds',
    async () => {
      const before = await set.first.configuration();
      const after = models(upstream.url, 'm', 'second');
      await set.first.configure(before.replace(models(upstream.url, 'm'), after));
      const tookMs = await everywhereAfter(async (replica) =>
        (await statusAt(replica, keys[0]!)).text.includes('"second"'),
      );
      prove({ name: 'hot reload seen everywhere', measured: tookMs, unit: 'ms', atMost: 6_000 });
    },
    MINUTE_MS,
  );

  it(
    'refuse a revoked key, a session that was ended and who was deactivated, within two seconds',
    async () => {
      const session = await BrowserSession.start(set.first);
      const made = await session.fetch('/api/keys', 'POST', { name: 'to be revoked' });
      const { apiKey, key } = (await made.json()) as { apiKey: { id: string }; key: string };
      for (const replica of set.replicas) {
        expect((await statusAt(replica, key)).status).toBe(200);
        expect((await session.at(replica).fetch('/api/keys')).status).toBe(200);
      }
      expect((await session.fetch(`/api/keys/${apiKey.id}`, 'DELETE')).ok).toBe(true);
      const keyMs = await everywhereAfter(
        async (replica) => (await statusAt(replica, key)).status === 401,
      );
      await session.fetch('/logout', 'POST');
      const sessionMs = await everywhereAfter(
        async (replica) => (await session.at(replica).fetch('/api/keys')).status === 401,
      );
      const email = 'leaver@example.edu';
      const ofLeaver = await set.first.createKey(email);
      for (const replica of set.replicas) {
        await until(async () => (await statusAt(replica, ofLeaver)).status === 200);
      }
      await set.first.command('users', 'deactivate', email);
      const personMs = await everywhereAfter(
        async (replica) => (await statusAt(replica, ofLeaver)).status !== 200,
      );
      const found = { key: keyMs, session: sessionMs, person: personMs };
      prove(...figuresOf('refused everywhere', found, { unit: 'ms', atMost: 2_000 }));
    },
    MINUTE_MS,
  );

  it(
    'stop the backend within a tenth of a second when a caller behind the balancer leaves',
    async () => {
      upstream.pauseMs = 50;
      const leaving = Array.from({ length: 60 }, async (_, index) => {
        const key = keys[index % keys.length]!;
        const ask = { url: set.url, key, isStream: true, maxTokens: 2_000 };
        const { requestId } = await askMetered({ ...ask, leaveAfter: 1 + (index % 10) });
        const leftAtMs = performance.now();
        await until(() => upstream.served.get(requestId)!.leftAtMs !== null);
        return upstream.served.get(requestId)!.leftAtMs! - leftAtMs;
      });
      const delays = (await Promise.all(leaving)).toSorted((one, other) => one - other);
      upstream.pauseMs = 2;
      const [median, latest] = [delays[30]!, delays.at(-1)!];
      prove(
        { name: 'backend stopped, median', measured: median, unit: 'ms' },
        { name: 'backend stopped, the latest', measured: latest, unit: 'ms', atMost: 100 },
      );
    },
    MINUTE_MS,
  );

  it(
    'as two serve more than one does, without more errors or a lock between them',
    async () => {
      const figures = [];
      for (const count of [1, 2]) {
        await set.balancer.use(set.ports.slice(0, count));
        await delay(1_000);
        figures.push(await throughput(set, keys));
      }
      const [one, two] = figures as [Throughput, Throughput];
      say(`one: ${show(one)}; two: ${show(two)}`);
      const ratio = two.perSecond / one.perSecond;
      prove(
        { name: 'completions, two against one', measured: ratio, unit: '×' },
        { name: 'errors', measured: one.errors + two.errors, unit: 'errors', atMost: 0 },
        { name: 'lock waits of two', measured: two.lockShare, unit: 'of 1', atMost: 0.05 },
      );
    },
    3 * MINUTE_MS,
  );
});

it(
  'a race behind nginx for a pool that can pay for 100 of 1000 is won by 100',
  () => race({ dialect: 'postgres', replicas: 3, requests: 1_000, isBalanced: true }),
  5 * MINUTE_MS,
);

it(
  'killed in turn under load behind nginx, three replicas lose, double or keep no charge',
  () => crashAgainAndAgain({ dialect: 'postgres', victim: 'one of three', rounds: 15 }),
  15 * MINUTE_MS,
);

/** How often what came instead of an answer: the status and the beginning of the text. */
function kindsOf(bad: readonly SeenAnswer[]): Record<string, number> {
  const kinds: Record<string, number> = {};
  for (const { status, text } of bad) {
    const kind = `${status} ${text.slice(-200)}`;
    kinds[kind] = (kinds[kind] ?? 0) + 1;
  }
  return kinds;
}

interface Throughput {
  perSecond: number;
  errors: number;
  /** Of the moments in which a connection to PostgreSQL was at work, those in which it waited for a lock. */
  lockShare: number;
  waits: Record<string, number>;
}

const show = ({ perSecond, errors, lockShare, waits }: Throughput) =>
  `${perSecond.toFixed(0)}/s, ${errors} errors, ${(lockShare * 100).toFixed(1)} % lock waits ${JSON.stringify(waits)}`;

const MEASURED_MS = 10_000;
const CALLERS = PEOPLE.length;

/** Callers who ask one thing after the other, and what PostgreSQL waits for meanwhile. */
async function throughput(set: ReplicaSet, keys: readonly string[]): Promise<Throughput> {
  const deadline = performance.now() + MEASURED_MS;
  let [served, errors] = [0, 0];
  const caller = async (index: number) => {
    const key = keys[index % keys.length]!;
    while (performance.now() < deadline) {
      const { isAcknowledged } = await askMetered({
        url: set.url,
        key,
        isStream: false,
        maxTokens: 5,
      });
      if (isAcknowledged) served += 1;
      else errors += 1;
    }
  };
  const callers = Promise.all(Array.from({ length: CALLERS }, (_, index) => caller(index)));
  const waits = await sampledWaits(set.first.databaseUrl, callers);
  const all = Object.values(waits).reduce((sum, count) => sum + count, 0);
  const lockShare = (waits['Lock'] ?? 0) / Math.max(1, all);
  return { perSecond: served / (MEASURED_MS / 1000), errors, lockShare, waits };
}

async function sampledWaits(
  databaseUrl: string,
  done: Promise<unknown>,
): Promise<Record<string, number>> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const waits: Record<string, number> = {};
  let isDone = false;
  void done.then(() => (isDone = true));
  while (!isDone) {
    const { rows } = await client.query<{ kind: string }>(
      `SELECT COALESCE(wait_event_type, 'none') AS kind FROM pg_stat_activity
       WHERE datname = current_database() AND state = 'active' AND pid <> pg_backend_pid()`,
    );
    for (const { kind } of rows) waits[kind] = (waits[kind] ?? 0) + 1;
    await delay(10);
  }
  await client.end();
  return waits;
}
