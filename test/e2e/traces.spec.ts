import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LumenServer } from '../support/lumen/lumen-server.js';
import { OtlpCollector } from '../support/otlp-collector.js';
import {
  type Behaviour,
  chunkText,
  completion,
  DONE,
  ScriptedUpstream,
  status,
  stream,
  USAGE_CHUNK,
} from '../support/scripted-upstream.js';
import { until } from '../support/until.js';

const PARENT = '00f067aa0ba902b7';
const MODEL = 'house/model';
/** Falls back to the other. */
const UNSTEADY = 'house/unsteady';
const QUESTION = 'what nobody but the backend is to read';
const ANSWER = 'what nobody but the caller is to read';
/** A stop waits so long for a collector, and for what else there is. */
const STOPPED_WITHIN_MS = 10_000;
/** Each starts a server, and ends it. */
const LONGEST_TEST_MS = 60_000;

interface Scene {
  upstream: ScriptedUpstream;
  collector: OtlpCollector;
  server: LumenServer;
  key: string;
}

async function setUp(running: AsyncDisposableStack, sampleRatio = 1): Promise<Scene> {
  const upstream = running.use(await ScriptedUpstream.start());
  const collector = running.use(await OtlpCollector.start());
  const endpoint = { url: upstream.url, api_key: 'upstream-secret', model: 'upstream-name' };
  const priced = { input_cost_per_million: 0, output_cost_per_million: 0, endpoints: [endpoint] };
  const models = [
    { name: MODEL, ...priced },
    { name: UNSTEADY, ...priced, fallbacks: [MODEL] },
  ];
  const telemetry = {
    otlp_endpoint: collector.url,
    service_name: 'lumen-of-tests',
    sample_ratio: sampleRatio,
  };
  const server = running.use(
    await LumenServer.start({
      environment: { OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20for-the-collector' },
      models: JSON.stringify(models),
      extra: `
telemetry: ${JSON.stringify(telemetry)}
upstream: { retries: { attempts: 1, backoff_ms: 1 } }
`,
    }),
  );
  return { upstream, collector, server, key: await server.createKey() };
}

const newTraceId = () => randomBytes(16).toString('hex');

/** Asks the model; the request belongs to the trace, sampled unless said otherwise. */
async function ask(
  { server, upstream, key }: Scene,
  traceId: string,
  options: { behaviours?: Behaviour[]; body?: object; flags?: string } = {},
): Promise<Response> {
  upstream.next(...(options.behaviours ?? [completion(ANSWER)]));
  const answer = await fetch(`${server.url}/v1/chat/completions`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      traceparent: `00-${traceId}-${PARENT}-${options.flags ?? '01'}`,
      tracestate: 'vendor=value',
    },
    body: JSON.stringify({
      model: MODEL,
      messages: [{ role: 'user', content: QUESTION }],
      ...options.body,
    }),
  });
  await answer.text();
  return answer;
}

describe('traces', () => {
  const running = new AsyncDisposableStack();
  let scene: Scene;

  const spansOf = async (traceId: string, count: number) => {
    await until(() => scene.collector.ofTrace(traceId).length >= count);
    return scene.collector.ofTrace(traceId);
  };

  beforeAll(async () => {
    scene = await setUp(running);
  });

  afterAll(() => running.disposeAsync());

  it('go on with the trace of the caller, to the backend and to the collector', async () => {
    const { upstream, collector } = scene;
    const traceId = newTraceId();
    const answer = await ask(scene, traceId);
    const [request, call] = await spansOf(traceId, 2);
    expect(request).toMatchObject({
      service: 'lumen-of-tests',
      parentSpanId: PARENT,
      name: 'POST /v1/chat/completions',
      kind: 'server',
      isError: false,
      attributes: {
        'http.request.method': 'POST',
        'http.route': '/v1/chat/completions',
        'http.response.status_code': 200,
        'gen_ai.operation.name': 'chat',
        'gen_ai.request.model': MODEL,
        'gen_ai.response.model': MODEL,
        'gen_ai.usage.input_tokens': 5,
        'gen_ai.usage.output_tokens': 7,
        'lumen.request_id': answer.headers.get('x-request-id'),
        'lumen.outcome': 'completed',
        'lumen.stream': false,
        'lumen.cost_coins': 0,
      },
    });
    expect(call).toMatchObject({
      parentSpanId: request!.spanId,
      name: 'chat upstream-name',
      kind: 'client',
      isError: false,
      attributes: {
        'gen_ai.operation.name': 'chat',
        'gen_ai.provider.name': 'openai',
        'gen_ai.system': 'openai',
        'gen_ai.request.model': 'upstream-name',
        'gen_ai.response.model': 'upstream-name',
        'gen_ai.usage.input_tokens': 5,
        'gen_ai.usage.output_tokens': 7,
        'server.address': '127.0.0.1',
        'server.port': Number(new URL(upstream.url).port),
        'lumen.request_id': answer.headers.get('x-request-id'),
      },
    });
    expect(request!.startMs).toBeLessThanOrEqual(call!.startMs);
    expect(call!.startMs).toBeLessThanOrEqual(call!.endMs);
    expect(Math.abs(Date.now() - request!.endMs)).toBeLessThan(60_000);
    expect(upstream.lastRequest.headers).toMatchObject({
      traceparent: `00-${traceId}-${call!.spanId}-01`,
      tracestate: 'vendor=value',
    });
    expect([...collector.paths]).toEqual(['/v1/traces']);
    expect([...collector.keys]).toEqual(['Bearer for-the-collector']);
  });

  it('begin here where the caller has none', async () => {
    const { upstream, collector, server, key } = scene;
    await fetch(`${server.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: MODEL, messages: [{ role: 'user', content: QUESTION }] }),
    });
    const [, traceId] = String(upstream.lastRequest.headers['traceparent']).split('-');
    await until(() => collector.ofTrace(traceId!).length === 2);
    expect(collector.ofTrace(traceId!)[0]!.parentSpanId).toBe('');
  });

  it('have a call for each attempt, and say what was wrong with it', async () => {
    const traceId = newTraceId();
    const failure = status(503, '{"error":{"message":"too busy"}}');
    const answered = stream(chunkText(ANSWER), USAGE_CHUNK, DONE);
    await ask(scene, traceId, { behaviours: [failure, answered], body: { stream: true } });
    const [request, failed, served] = await spansOf(traceId, 3);
    expect(request).toMatchObject({ isError: false, attributes: { 'lumen.stream': true } });
    expect(failed).toMatchObject({
      parentSpanId: request!.spanId,
      isError: true,
      attributes: { 'http.response.status_code': 503, 'error.type': expect.any(String) },
    });
    expect(served).toMatchObject({
      parentSpanId: request!.spanId,
      isError: false,
      attributes: { 'gen_ai.usage.output_tokens': 7 },
    });
    expect(failed!.endMs).toBeLessThanOrEqual(served!.startMs);
  });

  it('have one span of a request that another model answered', async () => {
    const traceId = newTraceId();
    const failure = status(500, '{}');
    const behaviours = [failure, failure, completion(ANSWER)];
    await ask(scene, traceId, { behaviours, body: { model: UNSTEADY } });
    const [request, ...calls] = await spansOf(traceId, 4);
    expect(request).toMatchObject({
      kind: 'server',
      isError: false,
      attributes: { 'gen_ai.request.model': UNSTEADY, 'gen_ai.response.model': MODEL },
    });
    expect(calls.map(({ parentSpanId }) => parentSpanId)).toEqual(calls.map(() => request!.spanId));
    expect(calls.map(({ isError }) => isError)).toEqual([true, true, false]);
  });

  it('tell of requests that were refused or failed', async () => {
    const refusedId = newTraceId();
    await ask(scene, refusedId, { behaviours: [], body: { model: 'made up' } });
    const failedId = newTraceId();
    const failure = status(500, '{}');
    await ask(scene, failedId, { behaviours: [failure, failure] });
    const [refused] = await spansOf(refusedId, 1);
    expect(refused).toMatchObject({
      kind: 'server',
      isError: false,
      attributes: { 'error.type': 'model_not_found', 'http.response.status_code': 404 },
    });
    const [failed, ...calls] = await spansOf(failedId, 3);
    expect(failed).toMatchObject({ isError: true, attributes: { 'lumen.outcome': 'failed' } });
    expect(calls.map(({ isError }) => isError)).toEqual([true, true]);
    expect(scene.collector.ofTrace(refusedId)).toHaveLength(1);
  });

  it('leave out what the caller does not have traced, and tell the backend so', async () => {
    const { collector, upstream } = scene;
    const unwanted = newTraceId();
    await ask(scene, unwanted, { flags: '00' });
    expect(upstream.lastRequest.headers['traceparent']).toMatch(
      new RegExp(`^00-${unwanted}-[0-9a-f]{16}-00$`),
    );
    const wanted = newTraceId();
    await ask(scene, wanted);
    await spansOf(wanted, 2);
    expect(collector.ofTrace(unwanted)).toEqual([]);
  });

  it('have nothing of what was said, who said it, or what secrets are used', async () => {
    const traceId = newTraceId();
    await ask(scene, traceId);
    await spansOf(traceId, 2);
    const sent = Buffer.concat(scene.collector.bodies).toString('latin1');
    expect(sent).toContain(MODEL);
    for (const secret of [QUESTION, ANSWER, scene.key, 'upstream-secret', 'ada@example.edu']) {
      expect(sent).not.toContain(secret);
    }
  });
});

describe('a collector', () => {
  it(
    'gets what is left when Lumen stops',
    async () => {
      await using running = new AsyncDisposableStack();
      const scene = await setUp(running);
      const traceId = newTraceId();
      await ask(scene, traceId);
      scene.server.signal('SIGTERM');
      expect(await scene.server.ended).toBe(0);
      expect(scene.collector.ofTrace(traceId)).toHaveLength(2);
    },
    LONGEST_TEST_MS,
  );

  it(
    'that never answers holds nobody up, not even the end',
    async () => {
      await using running = new AsyncDisposableStack();
      const scene = await setUp(running);
      scene.collector.status = null;
      await ask(scene, newTraceId());
      await until(() => scene.collector.bodies.length > 0);
      for (let request = 0; request < 20; request += 1) {
        expect((await ask(scene, newTraceId())).status).toBe(200);
      }
      const startedMs = performance.now();
      scene.server.signal('SIGTERM');
      expect(await scene.server.ended).toBe(0);
      expect(performance.now() - startedMs).toBeLessThan(STOPPED_WITHIN_MS);
    },
    LONGEST_TEST_MS,
  );

  it(
    'that fails is complained about once, not each time',
    async () => {
      await using running = new AsyncDisposableStack();
      const scene = await setUp(running);
      const { collector, server } = scene;
      collector.status = 400;
      for (const batches of [1, 2]) {
        await ask(scene, newTraceId());
        await until(() => collector.bodies.length >= batches);
      }
      const complaints = () =>
        server.log.filter(({ msg }) => String(msg).startsWith('Traces could not be sent'));
      await until(() => complaints().length > 0);
      server.signal('SIGTERM');
      await server.ended;
      expect(complaints()).toHaveLength(1);
    },
    LONGEST_TEST_MS,
  );

  it(
    'hears of none where none is to be sampled',
    async () => {
      await using running = new AsyncDisposableStack();
      const scene = await setUp(running, 0);
      const { server, key, upstream, collector } = scene;
      await fetch(`${server.url}/v1/chat/completions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ model: MODEL, messages: [{ role: 'user', content: QUESTION }] }),
      });
      expect(upstream.lastRequest.headers['traceparent']).toMatch(/-00$/);
      server.signal('SIGTERM');
      await server.ended;
      expect(collector.spans).toEqual([]);
    },
    LONGEST_TEST_MS,
  );
});
