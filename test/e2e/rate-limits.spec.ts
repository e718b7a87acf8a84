import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import OpenAI from 'openai';
import { BrowserSession } from '../support/lumen/browser-session.js';
import { LumenServer } from '../support/lumen/lumen-server.js';
import { modelWith } from '../support/lumen/models.js';
import { RedisServer } from '../support/redis-server.js';
import {
  chunkText,
  DONE,
  ScriptedUpstream,
  stream,
  USAGE_CHUNK,
} from '../support/scripted-upstream.js';
import { until } from '../support/until.js';

const OTHERS = '  login: "1000 per second"\n  failed_keys: "1000 per second"';
const perHour = (limit: number) => `  limit: "${limit} per hour"\n${OTHERS}`;
const BODY = { model: 'm', messages: [{ role: 'user', content: 'hi' }] };
const OK = '{"status":"ok"}';

let madeKeys = 0;
const wrongKey = () => `sk_${String((madeKeys += 1)).padStart(43, 'x')}`;

function get(url: string, key: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url, { headers: { authorization: `Bearer ${key}`, ...headers } });
}

function complete(server: LumenServer, key: string, more: object = {}): Promise<Response> {
  return fetch(`${server.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ ...BODY, ...more }),
  });
}

function standingOf({ headers }: Response): Record<string, string | null> {
  const names = ['limit', 'remaining', 'limit-requests', 'remaining-requests'];
  return Object.fromEntries(names.map((name) => [name, headers.get(`x-ratelimit-${name}`)]));
}

const standing = (limit: number, remaining: number) => ({
  limit: String(limit),
  remaining: String(remaining),
  'limit-requests': String(limit),
  'remaining-requests': String(remaining),
});

describe('rate limits', () => {
  const running = new AsyncDisposableStack();
  let upstream: ScriptedUpstream;
  let models: string;

  beforeAll(async () => {
    upstream = running.use(await ScriptedUpstream.start());
    models = modelWith('m', { url: upstream.url });
  });

  afterAll(() => running.disposeAsync());

  async function reload(server: LumenServer, from: string, to: string): Promise<void> {
    server.log.length = 0;
    await server.configure((await server.configuration()).replace(from, to));
    await server.nextLine(({ msg }) => String(msg).startsWith('config.yaml reloaded'));
  }

  it('count a key over all of /v1, streams included, and say where it stands', async () => {
    await using server = await LumenServer.start({ models, rateLimiting: perHour(4) });
    const key = await server.createKey();
    const other = await server.createKey('bob@example.edu');

    expect(standingOf(await get(`${server.url}/v1/models`, key))).toEqual(standing(4, 3));
    expect(standingOf(await complete(server, key))).toEqual(standing(4, 2));
    upstream.next(stream(chunkText('Hello'), USAGE_CHUNK, DONE));
    const streamed = await complete(server, key, { stream: true });
    expect(streamed.headers.get('content-type')).toContain('text/event-stream');
    expect(standingOf(streamed)).toEqual(standing(4, 1));
    expect(streamed.headers.get('x-ratelimit-reset')).toMatch(/^36\d\d$/);
    expect(streamed.headers.get('x-ratelimit-reset-requests')).toMatch(/^36\d\ds$/);
    expect(await streamed.text()).toContain('Hello');
    // Nor does another way of writing the address get past the count.
    expect(standingOf(await get(`${server.url}/%761/models`, key))).toEqual(standing(4, 0));

    const refused = await complete(server, key);
    expect(refused.status).toBe(429);
    expect(standingOf(refused)).toEqual(standing(4, 0));
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(3_500);
    const { error } = (await refused.json()) as { error: Record<string, unknown> };
    expect(error).toMatchObject({ type: 'rate_limit_error', code: 'rate_limit_exceeded' });
    expect(error['message']).toMatch(/4 per hour.*Try again in 3\d{3} s, at .* UTC/);
    const client = new OpenAI({ baseURL: `${server.url}/v1`, apiKey: key, maxRetries: 0 });
    await expect(client.models.list()).rejects.toBeInstanceOf(OpenAI.RateLimitError);

    expect(standingOf(await complete(server, other))).toEqual(standing(4, 3));
    expect((await fetch(`${server.url}/health`)).headers.has('x-ratelimit-limit')).toBe(false);
  }, 60_000);

  it('count what a person asks models on /chat, over all sessions, and nobody on /api', async () => {
    await using server = await LumenServer.start({ models, rateLimiting: perHour(3) });
    const laptop = await BrowserSession.start(server);
    const phone = await BrowserSession.start(server);
    const question = { content: 'hi', models: ['m'] };
    for (const left of [2, 1, 0]) {
      const answer = await (left === 1
        ? phone.fetch('/chat/conversations', 'POST', question)
        : laptop.fetch('/chat/completions', 'POST', BODY));
      expect(answer.status).toBeLessThan(300);
      expect(standingOf(answer)).toEqual(standing(3, left));
    }
    expect(standingOf(await phone.fetch('/chat/conversations'))).toEqual(standing(1200, 1199));
    expect(standingOf(await laptop.fetch('/chat/models'))).toEqual(standing(1200, 1198));
    const refused = await phone.fetch('/chat/completions', 'POST', BODY);
    expect(refused.status).toBe(429);
    expect(await refused.json()).toMatchObject({
      error: { code: 'rate_limit_exceeded', details: { limit: '3 per hour' } },
    });
    expect((await laptop.fetch('/api/me')).status).toBe(200);
  }, 60_000);

  it('follow the configuration while Lumen runs, up and down', async () => {
    await using server = await LumenServer.start({ models, rateLimiting: perHour(1) });
    const key = await server.createKey();
    const ask = async () => (await get(`${server.url}/v1/models`, key)).status;
    expect([await ask(), await ask()]).toEqual([200, 429]);
    await reload(server, '1 per hour', '3 per hour');
    expect([await ask(), await ask(), await ask()]).toEqual([200, 200, 429]);
    await reload(server, '3 per hour', '2 per hour; 9 per day');
    expect(await ask()).toBe(429);
  }, 90_000);

  it('refuse wrong keys beyond the limit of their address, and nobody else', async () => {
    const rateLimiting = '  limit: "1000 per second"\n  failed_keys: "5 per hour"';
    await using server = await LumenServer.start({ models, rateLimiting });
    const key = await server.createKey();
    const url = `${server.url}/v1/models`;
    expect((await get(url, key)).status).toBe(200);
    const together = await Promise.all(Array.from({ length: 40 }, () => get(url, wrongKey())));
    expect(together.filter(({ status }) => status === 401)).toHaveLength(5);
    expect(together.filter(({ status }) => status === 429)).toHaveLength(35);

    const forged = { 'x-forwarded-for': '203.0.113.9', forwarded: 'for=203.0.113.9' };
    const refused = await get(url, wrongKey(), forged);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(3_500);
    expect((await get(url, 'no-key-at-all')).status).toBe(429);
    expect((await get(url, key)).status).toBe(200);
  }, 60_000);

  it('count behind a trusted proxy whom the proxy names', async () => {
    const rateLimiting = '  limit: "1000 per second"\n  failed_keys: "1 per hour"';
    const app = '  trust_proxy: [127.0.0.1]';
    await using server = await LumenServer.start({ models, rateLimiting, app });
    const from = async (address: string) =>
      (await get(`${server.url}/v1/models`, wrongKey(), { 'x-forwarded-for': address })).status;
    expect([await from('203.0.113.1'), await from('203.0.113.1')]).toEqual([401, 429]);
    expect([await from('2001:db8::1'), await from('2001:db8::2')]).toEqual([401, 429]);
    expect(await from('2001:db8:0:1::1')).toBe(401);
    expect([await from('nonsense'), await from('more nonsense')]).toEqual([401, 429]);
  }, 60_000);

  it('limit sign-ins by address, with a page for people', async () => {
    const rateLimiting = '  limit: "1000 per second"\n  login: "2 per hour"';
    await using server = await LumenServer.start({ models, rateLimiting });
    const logIn = () => fetch(`${server.url}/login`, { redirect: 'manual' });
    expect([(await logIn()).status, (await logIn()).status]).toEqual([302, 302]);
    const refused = await logIn();
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toMatch(/^3\d{3}$/);
    expect(refused.headers.get('set-cookie')).toBeNull();
    expect(refused.headers.get('content-type')).toContain('text/html');
    expect(await refused.text()).toContain('2 per hour');
  }, 60_000);

  it('are shared by replicas through Redis, and outlive it', async () => {
    await using redis = await RedisServer.start({ password: 'hunter2-hunter2' });
    const rateLimiting = perHour(50);
    const environment = { REDIS_URL: redis.url };
    await using one = await LumenServer.start({ models, rateLimiting, environment });
    const { databaseUrl } = one;
    const beside = { models, rateLimiting, environment, databaseUrl };
    await using other = await LumenServer.start(beside);
    let key = await one.createKey();
    const statusesOf = async (server: LumenServer, times: number) => {
      const asked = Array.from({ length: times }, () => get(`${server.url}/v1/models`, key));
      return (await Promise.all(asked)).map(({ status }) => status);
    };
    const healthOf = async ({ url }: LumenServer) => {
      const answer = await fetch(`${url}/health/redis`);
      return [answer.status, await answer.text()];
    };

    const isOk = async () => (await healthOf(one))[1] === OK && (await healthOf(other))[1] === OK;
    const lossesOf = ({ log }: LumenServer) =>
      log.filter(({ msg }) => String(msg).startsWith('Redis is not there'));
    // On a machine so busy that Redis takes more than 50 ms, a replica counts alone.
    let admitted = 0;
    for (let round = 0; round < 20 && admitted !== 50; round += 1) {
      key = await one.createKey();
      await until(isOk);
      const both = await Promise.all([statusesOf(one, 60), statusesOf(other, 60)]);
      admitted = both.flat().filter((status) => status === 200).length;
    }
    expect(admitted).toBe(50);
    await until(isOk);
    one.log.length = 0;

    await redis.kill();
    await until(async () => (await healthOf(one))[1] === '{"status":"degraded"}');
    expect((await healthOf(one))[0]).toBe(200);
    expect((await fetch(`${one.url}/health/ready`)).status).toBe(200);
    // Each goes on from what it has admitted itself: nobody gets the limit anew.
    const alone = await Promise.all([statusesOf(one, 60), statusesOf(other, 60)]);
    expect(alone.flat().filter((status) => status === 200)).toHaveLength(50);
    expect(lossesOf(one)).toHaveLength(1);
    expect(JSON.stringify(one.log)).not.toContain('hunter2');

    await redis.launch();
    await until(async () => (await healthOf(one))[1] === OK);
  }, 90_000);

  it('do without Redis where there is none', async () => {
    await using server = await LumenServer.start({ models });
    const answer = await fetch(`${server.url}/health/redis`);
    expect([answer.status, await answer.json()]).toEqual([200, { status: 'not_configured' }]);
  }, 60_000);
});
