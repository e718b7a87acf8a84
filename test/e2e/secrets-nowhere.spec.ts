import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BrowserSession } from '../support/lumen/browser-session.js';
import { LumenServer } from '../support/lumen/lumen-server.js';
import { startAs } from '../support/lumen/session-of.js';
import { OtlpCollector } from '../support/otlp-collector.js';
import { createRoledDatabase, type RoledDatabase } from '../support/roled-database.js';
import { type Behaviour, completion, ScriptedUpstream } from '../support/scripted-upstream.js';
import { until } from '../support/until.js';

const canary = (name: string) => `canary-${name}-0123456789abcdef0123456789`;
/** Every secret that the file, the environment and the API take; each is told to Lumen below. */
const CANARIES = {
  secretKey: canary('secret-key'),
  encryptionKey: canary('encryption-key'),
  oldEncryptionKey: canary('old-encryption-key'),
  apiKeySecret: canary('api-key-secret'),
  databasePassword: canary('database-password'),
  redisPassword: canary('redis-password'),
  clientSecret: canary('client-secret'),
  upstreamKey: canary('upstream-key'),
  providerKey: canary('provider-key'),
  fallbackKey: canary('fallback-key'),
  metricsToken: canary('metrics-token'),
  monitoringToken: canary('monitoring-token'),
  collectorKey: canary('collector-key'),
};
/** The file every five seconds, on a machine that has much else to do. */
const LOOKED_AT_WITHIN_MS = 20_000;
const KNOWN = /canary-[a-z-]+-0123/;

const configuration = (url: string, collector: string) => ({
  models: JSON.stringify([
    { name: 'm', ...free, endpoints: [{ url, api_key: CANARIES.upstreamKey }] },
    { name: 'dead', ...free, endpoints: [{ url: DEAD, api_key: CANARIES.upstreamKey }] },
  ]),
  app: `  previous_encryption_keys: [${CANARIES.oldEncryptionKey}]`,
  rateLimiting: `  limit: "100000 per second"
  storage_url: "redis://:${CANARIES.redisPassword}@127.0.0.1:1/0"`,
  extra: `
superadmins: [admin@example.com]
log: { level: debug, requests: true }
prometheus: { enabled: true, token: ${CANARIES.metricsToken} }
monitoring: { token: ${CANARIES.monitoringToken} }
telemetry: { otlp_endpoint: "${collector}", sample_ratio: 1 }
governance: { fallback: { base_url: "${DEAD}", api_key: ${CANARIES.fallbackKey}, model: x } }
upstream: { retries: { attempts: 0 }, ejection: { failures: 1000 } }
`,
});
const DEAD = 'http://127.0.0.1:1/v1';
const free = { input_cost_per_million: 0, output_cost_per_million: 0 };

/** Says in its refusal what it was sent to prove who asks. */
const echoing: Behaviour = ({ headers }, response) =>
  void response
    .writeHead(401, { 'content-type': 'application/json' })
    .end(JSON.stringify({ error: { message: `wrong key: ${headers.authorization}` } }));

describe('a server whose every secret is a canary', () => {
  const running = new AsyncDisposableStack();
  /** All that anybody was told, with where it was told. */
  const told: [string, string][] = [];
  let database: RoledDatabase;
  let upstream: ScriptedUpstream;
  let collector: OtlpCollector;
  let server: LumenServer;
  let session: BrowserSession;
  let key: string;

  const hear = async (where: string, answer: Promise<Response>): Promise<Response> => {
    const heard = await answer;
    const headers = JSON.stringify([...heard.headers]);
    told.push([where, `${headers}\n${await heard.clone().text()}`]);
    return heard;
  };
  const page = (path: string, method = 'GET', body?: unknown) =>
    hear(`${method} ${path}`, session.fetch(path, method, body));
  const ask = (path: string, body?: object, bearer = key) =>
    hear(
      path,
      fetch(server.url + path, {
        method: body ? 'POST' : 'GET',
        headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
        ...(body && { body: JSON.stringify(body) }),
      }),
    );
  const chat = (model: string, more: object = {}) =>
    ask('/v1/chat/completions', { model, messages: [{ role: 'user', content: 'hi' }], ...more });

  beforeAll(async () => {
    database = running.use(await createRoledDatabase(CANARIES.databasePassword));
    upstream = running.use(await ScriptedUpstream.start());
    collector = running.use(await OtlpCollector.start());
    server = running.use(
      await startAs('admin@example.com', {
        ...configuration(upstream.url, collector.url),
        databaseUrl: 'sqlite:///unused.db',
        environment: {
          DATABASE_URL: database.url,
          LUMEN_SECRET_KEY: CANARIES.secretKey,
          LUMEN_ENCRYPTION_KEY: CANARIES.encryptionKey,
          LUMEN_API_KEY_SECRET: CANARIES.apiKeySecret,
          OAUTH2_CLIENT_SECRET: CANARIES.clientSecret,
          OTEL_EXPORTER_OTLP_HEADERS: `authorization=${CANARIES.collectorKey}`,
        },
      }),
    );
    session = await BrowserSession.start(server);
    key = await server.createKey('admin@example.com');
  }, 60_000);

  afterAll(() => running.disposeAsync());

  it('works', async () => {
    expect((await chat('m')).status).toBe(200);
    expect((await chat('m', { stream: true })).status).toBe(200);
    expect(upstream.lastRequest.headers.authorization).toBe(`Bearer ${CANARIES.upstreamKey}`);
    const provider = { name: 'P', slug: 'p', type: 'custom', baseUrl: upstream.url, models: ['a'] };
    const made = await page('/providers', 'POST', { ...provider, apiKey: CANARIES.providerKey });
    expect(made.status).toBe(201);
    const { id } = (await made.json()) as { id: string };
    expect((await chat('p/a')).status).toBe(200);
    expect(upstream.lastRequest.headers.authorization).toBe(`Bearer ${CANARIES.providerKey}`);
    await page(`/providers/${id}/test`, 'POST', {});
    await page(`/providers/${id}`, 'PATCH', { name: 'Q' });
  });

  it('fails', async () => {
    upstream.next(echoing, echoing, echoing);
    expect((await chat('m')).status).toBe(502);
    expect((await chat('p/a')).status).toBe(502);
    expect((await chat('dead')).status).toBe(502);
    expect((await chat('unknown')).status).toBe(404);
    await chat('');
    upstream.usual = completion('Hello');
    expect((await ask('/v1/models', undefined, canary('wrong'))).status).toBe(401);
    const twin = {
      name: 'P',
      slug: 'p',
      type: 'custom',
      baseUrl: 'x',
      apiKey: CANARIES.providerKey,
    };
    expect((await page('/providers', 'POST', twin)).status).toBe(400);
  });

  it('shows its pages', async () => {
    const { metricsToken, monitoringToken } = CANARIES;
    expect((await ask('/metrics', undefined, metricsToken)).status).toBe(200);
    expect((await ask('/health/inference', undefined, monitoringToken)).status).toBe(200);
    await hear('/', fetch(server.url, { headers: { accept: 'text/html' } }));
    for (const path of [
      ...['/docs-json', '/health', '/health/redis', '/api/bootstrap', '/api/me'],
      ...['/providers', '/providers/admin', '/api/admin/models', '/api/admin/endpoints'],
      ...['/api/admin/audit', '/api/admin/audit/export', '/api/admin/overview', '/api/keys'],
      ...['/api/admin/configuration', '/api/admin/configuration/schema', '/api/admin/users'],
      ...['/api/admin/configuration/history', '/api/admin/usage/export', '/api/sessions'],
    ]) {
      expect([path, (await page(path)).status]).toEqual([path, expect.any(Number)]);
    }
  });

  it('refuses a configuration with them in the wrong places', async () => {
    const good = await server.configuration();
    const wrong = `${good}\nunknown: ${CANARIES.upstreamKey}\nlimits: ${CANARIES.fallbackKey}\n`;
    const isAboutTheFile = ({ context }: Record<string, unknown>) => context === 'Configuration';
    const lines = () => server.log.filter(isAboutTheFile).length;
    for (const text of [wrong, `${wrong}\t"${wrong}`, good]) {
      const before = lines();
      await server.configure(text);
      told.push([
        'config check',
        JSON.stringify(await server.command('config', 'check').catch(String)),
      ]);
      await until(() => lines() > before, LOOKED_AT_WITHIN_MS);
    }
    // What the page has: masks in the places of secrets.
    const { text } = (await (await page('/api/admin/configuration')).json()) as { text: string };
    expect(text).toContain('<secret:');
    for (const draft of [`${text}\nlimits: 1\n`, `${text}\t"${text}`]) {
      expect((await page('/api/admin/configuration/check', 'POST', { text: draft })).status).toBe(
        200,
      );
    }
  }, 60_000);

  it('is told of by commands', async () => {
    for (const command of ['db status', 'users list', 'ledger verify']) {
      told.push([command, await server.command(...command.split(' '))]);
    }
  }, 60_000);

  it('cannot start on a database that does not let it in', async () => {
    const url = new URL(database.url);
    url.password = `${CANARIES.databasePassword}-wrong`;
    for (const [each, said] of [
      [url.href, 'another password'],
      ['postgres://lumen:' + CANARIES.databasePassword + '@127.0.0.1:1/x', 'nobody there'],
      ['postgres://' + CANARIES.databasePassword + ':@:x/', 'no address'],
    ] as const) {
      await using other = await LumenServer.prepare({ environment: { DATABASE_URL: each } });
      // A cluster that trusts its own machine lets it in, and it says as little.
      await other.launch().catch((error: Error) => told.push([`start: ${said}`, error.message]));
      told.push([said, JSON.stringify([other.log, other.errors])]);
    }
  }, 60_000);

  it('has told nobody any of them', async () => {
    const { stdout } = await promisify(execFile)('ps', ['-eo', 'args', '-ww']);
    told.push(['ps', stdout]);
    await until(() => collector.spans.length > 3, LOOKED_AT_WITHIN_MS);
    told.push(['traces', Buffer.concat(collector.bodies).toString('latin1')]);
    server.signal('SIGTERM');
    await server.ended;
    const log = JSON.stringify([server.log, server.errors]);
    told.push(['log', log]);
    expect(told.length).toBeGreaterThan(35);
    expect(server.log.length).toBeGreaterThan(30);
    expect(told.filter(([, text]) => KNOWN.test(text)).map(describeLeak)).toEqual([]);
    for (const own of [key, session.cookie.split('=')[1]!, session.csrfToken]) {
      expect(log).not.toContain(own);
      expect(stdout).not.toContain(own);
    }
  }, 60_000);
});

function describeLeak([where, text]: [string, string]): string {
  const at = KNOWN.exec(text)!.index;
  return `${where}: …${text.slice(Math.max(0, at - 80), at + 60)}…`;
}
