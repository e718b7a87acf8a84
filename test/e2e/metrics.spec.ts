import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PrometheusPage } from '../../server/src/metrics/testing/prometheus-text.js';
import { type Dialect, DIALECTS, LumenServer } from '../support/lumen/lumen-server.js';
import {
  type Behaviour,
  chunkText,
  completion,
  cutAfter,
  DONE,
  hang,
  ScriptedUpstream,
  status,
  stream,
  USAGE_CHUNK,
} from '../support/scripted-upstream.js';
import { expressions, readAlerts } from '../support/containers/monitoring-files.js';
import { selectorsOf } from '../support/containers/promql.js';
import { until } from '../support/until.js';

const TOKEN = 'the-token-of-the-scraper';
const TEXT_FORMAT = 'text/plain; version=0.0.4; charset=utf-8';
const MODEL = 'house/model';

/** One of tokens that cost a coin each, on an endpoint whose address nobody is to see. */
const models = (url: string) =>
  JSON.stringify([
    {
      name: MODEL,
      input_cost_per_million: 1_000_000,
      output_cost_per_million: 1_000_000,
      endpoints: [{ url, api_key: 'upstream-secret' }],
    },
  ]);

const extra = (prometheus: object) => `
prometheus: ${JSON.stringify(prometheus)}
upstream: { retries: { attempts: 0 } }
users: { ada@example.edu: { max: 1000000, starting: 1000000 } }
`;

/** What Prometheus adds by itself. */
const OF_PROMETHEUS = ['up'];
const ADDED_LABELS = ['job', 'instance', 'le'];

const scrape = (server: LumenServer, headers: Record<string, string> = {}) =>
  fetch(`${server.url}/metrics`, { headers: { authorization: `Bearer ${TOKEN}`, ...headers } });

describe.each(DIALECTS)('/metrics on %s', (dialect: Dialect) => {
  const running = new AsyncDisposableStack();
  let server: LumenServer;
  let upstream: ScriptedUpstream;
  let key: string;
  let before: PrometheusPage;

  const look = async () => new PrometheusPage(await (await scrape(server)).text());
  const ask = (behaviour: Behaviour | null, body: object = {}, signal?: AbortSignal) => {
    if (behaviour) upstream.next(behaviour);
    return fetch(`${server.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: MODEL, messages: [{ role: 'user', content: 'hi' }], ...body }),
      ...(signal && { signal }),
    });
  };
  /** How much a metric has grown since the test began, once one more request is counted. */
  const growth = async () => {
    let after = await look();
    const counted = (page: PrometheusPage) => page.sum('lumen_requests_total');
    await until(async () => {
      after = await look();
      return counted(after) > counted(before);
    });
    return (name: string, labels: Record<string, string> = {}) =>
      after.sum(name, labels) - before.sum(name, labels);
  };

  beforeAll(async () => {
    upstream = running.use(await ScriptedUpstream.start());
    const options = { dialect, models: models(upstream.url) };
    const prometheus = { enabled: true, token: TOKEN };
    server = running.use(await LumenServer.start({ ...options, extra: extra(prometheus) }));
    key = await server.createKey();
  });

  beforeEach(async () => {
    before = await look();
  });

  afterAll(() => running.disposeAsync());

  it('is a page in the text format, whose every metric is explained', async () => {
    await (await ask(completion('Hello'))).text();
    const answer = await scrape(server);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe(TEXT_FORMAT);
    const { families } = new PrometheusPage(await answer.text());
    const ours = [...families].filter(([name]) => name.startsWith('lumen_'));
    const counters = ours.filter(([, { type }]) => type === 'counter').map(([name]) => name);
    expect(counters.filter((name) => !name.endsWith('_total'))).toEqual([]);
    expect(ours.map(([name]) => name)).toEqual(
      expect.arrayContaining([
        'lumen_requests_total',
        'lumen_request_duration_seconds',
        'lumen_time_to_first_byte_seconds',
        'lumen_tokens_total',
        'lumen_cost_coins_total',
        'lumen_overhead_seconds',
        'lumen_attempts_failed_total',
        'lumen_endpoint_up',
        'lumen_endpoint_in_flight',
        'lumen_endpoint_waiting',
        'lumen_holds_open',
        'lumen_queue_waiting',
        'lumen_database_connections',
        'lumen_event_loop_lag_seconds',
        'lumen_build_info',
      ]),
    );
    expect(families.has('process_cpu_seconds_total')).toBe(true);
  });

  it('counts an answer in one piece, what it used and what it cost', async () => {
    await (await ask(completion('Hello'))).text();
    const grown = await growth();
    const labels = { operation: 'chat/completions', model: MODEL, source: 'api' };
    const ok = { ...labels, outcome: 'completed', status_class: '2xx' };
    expect(grown('lumen_requests_total', ok)).toBe(1);
    expect(grown('lumen_tokens_total', { model: MODEL, kind: 'prompt' })).toBe(5);
    expect(grown('lumen_tokens_total', { model: MODEL, kind: 'completion' })).toBe(7);
    expect(grown('lumen_cost_coins_total', { model: MODEL })).toBe(12);
    expect(grown('lumen_request_duration_seconds_count', { outcome: 'completed' })).toBe(1);
    expect(grown('lumen_time_to_first_byte_seconds_count', { model: MODEL })).toBe(1);
    expect(grown('lumen_overhead_seconds_count', { stage: 'request' })).toBe(1);
    expect(grown('lumen_overhead_seconds_count', { stage: 'settlement' })).toBe(1);
    expect(grown('lumen_overhead_seconds_sum')).toBeGreaterThan(0);
  });

  it('counts a stream', async () => {
    const behaviour = stream(chunkText('Hel'), chunkText('lo'), USAGE_CHUNK, DONE);
    await (await ask(behaviour, { stream: true })).text();
    const grown = await growth();
    expect(grown('lumen_requests_total', { outcome: 'completed', model: MODEL })).toBe(1);
    expect(grown('lumen_tokens_total', { kind: 'completion' })).toBe(7);
  });

  it('counts a request that is refused, without the name that was made up', async () => {
    const answer = await ask(null, { model: 'made/up' });
    expect(answer.status).toBe(404);
    const grown = await growth();
    const refused = { model: 'other', outcome: 'refused', status_class: '4xx' };
    expect(grown('lumen_requests_total', refused)).toBe(1);
    expect(grown('lumen_overhead_seconds_count')).toBe(0);
    expect(await (await scrape(server)).text()).not.toContain('made/up');
  });

  it('counts a backend that refuses, and one that breaks off', async () => {
    const answer = await ask(status(500, '{"error":{"message":"broken"}}'));
    expect(answer.status).toBe(502);
    const grown = await growth();
    const failed = { model: MODEL, outcome: 'failed', status_class: '5xx' };
    expect(grown('lumen_requests_total', failed)).toBe(1);
    expect(grown('lumen_attempts_failed_total', { model: MODEL })).toBe(1);
    before = await look();
    await (await ask(cutAfter(chunkText('Hel')), { stream: true })).text();
    const grownAgain = await growth();
    const brokenOff = { model: MODEL, outcome: 'failed', status_class: '2xx' };
    expect(grownAgain('lumen_requests_total', brokenOff)).toBe(1);
  });

  it('shows a request under way, and counts it when its caller has left', async () => {
    const caller = new AbortController();
    const arrived = upstream.nextRequest();
    const answer = ask(hang, {}, caller.signal).catch(() => null);
    await arrived;
    const [endpoint] = (await look()).samples('lumen_endpoint_in_flight');
    expect(endpoint).toMatchObject({
      labels: { model: MODEL, endpoint: new URL(upstream.url).host },
      value: 1,
    });
    caller.abort();
    await answer;
    const grown = await growth();
    expect(grown('lumen_requests_total', { outcome: 'cancelled', model: MODEL })).toBe(1);
    expect((await look()).sum('lumen_endpoint_in_flight')).toBe(0);
  });

  it('shows the state of the process and its database', async () => {
    const page = await look();
    expect(page.sum('lumen_endpoint_up', { model: MODEL })).toBeLessThanOrEqual(1);
    expect(page.sum('lumen_endpoint_waiting', { model: MODEL })).toBe(0);
    const lanes = page.samples('lumen_queue_waiting').map(({ labels }) => labels['lane']);
    expect(lanes).toEqual(expect.arrayContaining(['holds', 'settlements', 'request_log']));
    expect(page.samples('lumen_holds_open')).toHaveLength(1);
    expect(page.samples('lumen_event_loop_lag_seconds')).toHaveLength(3);
    const pools = page.samples('lumen_database_connections').map(({ labels }) => labels['pool']);
    expect(new Set(pools)).toEqual(new Set(dialect === 'postgres' ? ['main', 'lanes'] : []));
  });

  it('has every metric and label that the alerts and the dashboard ask for', async () => {
    await (await ask(completion('Hello'))).text();
    await (await ask(status(500, '{"error":{"message":"broken"}}'))).text();
    await growth();
    const samples = [...(await look()).families.values()].flatMap((family) => family.samples);
    const known = new Map(samples.map(({ name, labels }) => [name, Object.keys(labels)]));
    // SQLite has no connections to count.
    const isOfPostgres = (metric: string) => metric.startsWith('lumen_database_');
    for (const { metric, labels } of expressions().flatMap(selectorsOf)) {
      if (OF_PROMETHEUS.includes(metric)) continue;
      if (dialect === 'sqlite' && isOfPostgres(metric)) continue;
      const has = known.get(metric);
      if (!has) throw new Error(`/metrics has no ${metric}.`);
      expect([...has, ...ADDED_LABELS]).toEqual(expect.arrayContaining([...labels]));
    }
  });

  it('has histograms that can tell more than the alerts ask for', async () => {
    await (await ask(completion('Hello'))).text();
    await growth();
    const page = await look();
    const asked = readAlerts().flatMap(({ expr }) => {
      const threshold = Number(/^histogram_quantile\([^]*> ([\d.]+)\s*$/.exec(expr)?.[1]);
      const [selector] = selectorsOf(expr);
      return Number.isNaN(threshold) ? [] : [{ metric: selector!.metric, threshold }];
    });
    expect(asked.length).toBeGreaterThan(1);
    for (const { metric, threshold } of asked) {
      const bounds = page.samples(metric).map(({ labels }) => Number(labels['le']));
      // Prometheus answers the last finite bound for all that is beyond it.
      expect(Math.max(...bounds.filter(Number.isFinite))).toBeGreaterThan(threshold);
    }
  });

  it('tells no secret and nobody`s name', async () => {
    const text = await (await scrape(server)).text();
    for (const secret of ['upstream-secret', TOKEN, key, 'ada@example.edu', '/v1"']) {
      expect(text).not.toContain(secret);
    }
  });

  it.each([
    ['no token', { authorization: '' }, 'api_key_missing'],
    ['another token', { authorization: 'Bearer another' }, 'api_key_invalid'],
    ['an API key', null, 'api_key_invalid'],
  ])('refuses %s', async (_what, headers, code) => {
    const answer = await scrape(server, headers ?? { authorization: `Bearer ${key}` });
    expect(answer.status).toBe(401);
    expect(await answer.json()).toEqual({
      error: { code, message: expect.any(String), requestId: answer.headers.get('x-request-id') },
    });
  });
});

describe('/metrics', () => {
  it('is not there where it is not enabled', async () => {
    await using server = await LumenServer.start({
      extra: extra({ enabled: false, token: TOKEN }),
    });
    for (const accept of ['*/*', 'text/html']) {
      const answer = await scrape(server, { accept });
      expect(answer.status).toBe(404);
      expect(await answer.json()).toMatchObject({ error: { code: 'not_found' } });
    }
  });

  it('is everybody`s where no token is configured, with a thousand models, quickly', async () => {
    const endpoints = [1, 2].map((port) => ({ url: `http://127.0.0.1:${port}/v1`, api_key: 'x' }));
    const many = Array.from({ length: 1_000 }, (_, index) => ({
      name: `model-${index}`,
      input_cost_per_million: 0,
      output_cost_per_million: 0,
      endpoints,
    }));
    await using server = await LumenServer.start({
      models: JSON.stringify(many),
      extra: extra({ enabled: true }),
    });
    // On a busy machine it may take some looks until one is not kept waiting.
    const tookMs = async () => {
      const startedMs = performance.now();
      const page = await (await fetch(`${server.url}/metrics`)).text();
      const took = performance.now() - startedMs;
      expect(new PrometheusPage(page).samples('lumen_endpoint_up')).toHaveLength(2_000);
      return took;
    };
    await until(async () => (await tookMs()) < 100);
  });
});
