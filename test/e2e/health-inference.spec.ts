import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort } from '../support/free-port.js';
import { BrowserSession } from '../support/lumen/browser-session.js';
import { type LumenServer } from '../support/lumen/lumen-server.js';
import { startAs } from '../support/lumen/session-of.js';
import { hang, ScriptedUpstream, status } from '../support/scripted-upstream.js';

const KEY = 'sk-backend-key-that-nobody-may-see';
const TOKEN = 'monitoring-token-monitoring-token-1234';
/** Long enough for backends that work to answer on a busy machine. */
const TIMEOUT_S = 2;
/** Less than it would take to wait for backends in turns. */
const LATE_S = 3;
const LIST = JSON.stringify({ object: 'list', data: [{ id: 'm' }] });

interface Report {
  status: string;
  models: { total: number; ok: number; degraded: number; down: number };
  details?: { model: string; status: string; endpoints: Record<string, unknown>[] }[];
}

function modelsAt(endpoints: Record<string, string[]>): string {
  const models = Object.entries(endpoints).map(([name, urls]) => ({
    name,
    endpoints: urls.map((url) => ({ url, model: 'm', api_key: KEY })),
  }));
  const disabled = {
    name: 'switched-off',
    disabled: true,
    endpoints: [{ url: 'http://127.0.0.1:1' }],
  };
  return JSON.stringify([...models, disabled]);
}

/** Nothing but the test asks for probes. */
const extra = `
engineers: [engineer@example.com]
superadmins: [superadmin@example.com]
monitoring: { token: ${TOKEN} }
upstream: { probe: { interval_s: 86400, timeout_s: ${TIMEOUT_S} } }
`;

const start = (models: string) => startAs('engineer@example.com', { models, extra });

async function health(server: LumenServer, authorization?: string) {
  const headers: Record<string, string> = authorization ? { authorization } : {};
  const startedMs = performance.now();
  const answer = await fetch(`${server.url}/health/inference`, { headers });
  const text = await answer.text();
  const tookMs = performance.now() - startedMs;
  return { code: answer.status, text, tookMs, report: JSON.parse(text) as Report };
}

describe('/health/inference', () => {
  const running = new AsyncDisposableStack();
  let server: LumenServer;
  let working: ScriptedUpstream;
  let silent: ScriptedUpstream;
  let closed: string;

  beforeAll(async () => {
    working = running.use(await ScriptedUpstream.start());
    working.usual = status(200, LIST);
    silent = running.use(await ScriptedUpstream.start());
    silent.usual = hang;
    closed = `http://127.0.0.1:${await freePort()}/v1`;
    const models = {
      good: [working.url],
      half: [working.url, silent.url],
      gone: [closed],
      none: [],
    };
    server = running.use(await start(modelsAt(models)));
  }, 60_000);

  afterAll(() => running.disposeAsync());

  it('probes once for everybody who asks at a time, and tells them how many models work', async () => {
    const answers = await Promise.all(Array.from({ length: 100 }, () => health(server)));
    const counts = { total: 4, ok: 1, degraded: 1, down: 2 };
    for (const { code, report } of answers) {
      expect(code).toBe(200);
      expect(report).toEqual({ status: 'degraded', models: counts });
    }
    expect((await health(server)).report).toEqual({ status: 'degraded', models: counts });
    expect(working.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /v1/models',
    ]);
    expect(silent.requests).toHaveLength(1);
  });

  it('tells nothing else to whom it does not concern', async () => {
    const userKey = await server.createKey('user@example.com');
    const strangers = [
      undefined,
      `Bearer ${userKey}`,
      'Bearer sk_nonsense',
      'Bearer x',
      'Basic eDp5',
    ];
    for (const authorization of [...strangers, `Bearer ${TOKEN}x`, `Bearer ${TOKEN.slice(1)}`]) {
      const { code, report } = await health(server, authorization);
      expect({ code, keys: Object.keys(report) }).toEqual({
        code: 200,
        keys: ['status', 'models'],
      });
    }
  });

  it.each(['engineer', 'admin', 'superadmin', 'monitoring'])('tells details to %s', async (who) => {
    const key =
      who === 'monitoring' ? TOKEN : await server.createKey(`${who}@example.com`, 'health');
    const { report, text } = await health(server, `Bearer ${key}`);
    const models = report.details?.map(({ model, status: is }) => [model, is]);
    expect(models).toEqual([
      ['good', 'ok'],
      ['half', 'degraded'],
      ['gone', 'down'],
      ['none', 'down'],
    ]);
    expect(report.details?.[0]?.endpoints).toEqual([
      {
        id: expect.any(String),
        url: working.url,
        status: 'up',
        latencyMs: expect.any(Number),
        probedAt: expect.stringMatching(/^\d{4}-.*Z$/),
        error: null,
        consecutiveFailures: 0,
        inFlight: 0,
        ejectedUntil: null,
      },
    ]);
    expect(report.details?.[1]?.endpoints[1]).toMatchObject({
      status: 'down',
      error: expect.stringContaining('timed out'),
    });
    expect(report.details?.[2]?.endpoints).toMatchObject([
      { url: closed, status: 'down', error: expect.stringContaining('Nothing listens') },
    ]);
    expect(text).not.toContain(KEY);
  });

  it('tells details to the session of an engineer', async () => {
    const engineer = await BrowserSession.start(server);
    const answer = await engineer.fetch('/health/inference');
    expect(((await answer.json()) as Report).details).toHaveLength(4);
  });

  it('is 503 where no model works, in time though every backend hangs', async () => {
    const models = Array.from({ length: 8 }, (_, index) => [
      `m${index}`,
      [`${silent.url}/${index}`],
    ]);
    await using stuck = await start(
      modelsAt(Object.fromEntries(models) as Record<string, string[]>),
    );
    const { code, report, tookMs } = await health(stuck);
    expect({ code, report }).toEqual({
      code: 503,
      report: { status: 'down', models: { total: 8, ok: 0, degraded: 0, down: 8 } },
    });
    expect(tookMs).toBeLessThan((TIMEOUT_S + LATE_S) * 1000);
  });

  it('is in time where more backends hang than are asked at once', async () => {
    const urls = Array.from({ length: 40 }, (_, index) => `${silent.url}/many/${index}`);
    await using stuck = await start(modelsAt({ many: urls }));
    const { tookMs, report } = await health(stuck);
    expect(report.models.ok).toBe(0);
    expect(tookMs).toBeLessThan((TIMEOUT_S + LATE_S) * 1000);
  });

  it('is ok where all models are', async () => {
    await using fine = await start(modelsAt({ one: [working.url], two: [working.url] }));
    const models = { total: 2, ok: 2, degraded: 0, down: 0 };
    expect(await health(fine)).toMatchObject({ code: 200, report: { status: 'ok', models } });
  });

  it('takes the monitoring token nowhere else', async () => {
    const headers = { authorization: `Bearer ${TOKEN}` };
    const answer = await fetch(`${server.url}/providers`, { headers });
    expect(answer.status).toBe(403);
  });

  it('has beside it what tells of the database, the time the process runs and the version', async () => {
    const answer = await fetch(`${server.url}/health`);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({
      status: 'ok',
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      uptimeS: expect.any(Number),
      checks: { database: { ok: true, detail: 'sqlite' } },
    });
  });
});
