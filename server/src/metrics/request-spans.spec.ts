import { describe, expect, it } from '@jest/globals';
import { RequestTrace } from '../infrastructure/telemetry/request-trace.js';
import { type ModelEndpoint } from '../models/index.js';
import { type FinishedRequest } from '../proxy/index.js';
import { type RequestRecord } from '../usage/index.js';
import { spansOf } from './request-spans.js';

const PARENT = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
const STARTED = new Date('2026-03-01T12:00:00.250Z');

const RECORD = {
  requestId: 'req-1',
  startedAt: STARTED,
  source: 'api',
  operation: 'chat/completions',
  model: 'house/model',
  isStream: true,
  status: 200,
  errorCode: null,
  outcome: 'completed',
  promptTokens: 5,
  completionTokens: 7,
  firstByteMs: 20,
  durationMs: 100,
  cost: 1_500_000_000n,
  attempts: null,
} as RequestRecord;

const endpoint = (origin: string) =>
  ({
    origin,
    upstreamModel: 'upstream-name',
    nativeApis: ['messages'],
  }) as unknown as ModelEndpoint;
const call = (origin: string, afterMs: number, spanId: string) => ({
  endpoint: endpoint(origin),
  afterMs,
  waitedMs: 0,
  spanId,
});

function finished(
  record: Partial<RequestRecord>,
  calls: FinishedRequest['calls'] = [call('https://backend.example', 1.5, 'aa')],
): FinishedRequest {
  return {
    record: { ...RECORD, ...record },
    isAnswer: true,
    isStandIn: false,
    failures: [],
    requestedModel: 'model',
    calls,
    closingMs: 2,
    trace: RequestTrace.begin({ traceparent: PARENT }, 0),
  };
}

describe('spansOf', () => {
  it('has a span of the request and one of the call below it', () => {
    const request = finished({});
    const [server, client] = spansOf(request);
    expect(server).toMatchObject({
      name: 'POST /v1/chat/completions',
      kind: 'server',
      traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
      parentSpanId: '00f067aa0ba902b7',
      isParentRemote: true,
      startMs: STARTED.getTime(),
      endMs: STARTED.getTime() + 102,
      error: null,
      attributes: {
        'http.request.method': 'POST',
        'http.route': '/v1/chat/completions',
        'http.response.status_code': 200,
        'gen_ai.operation.name': 'chat',
        'gen_ai.provider.name': 'openai',
        'gen_ai.request.model': 'model',
        'gen_ai.response.model': 'house/model',
        'gen_ai.usage.input_tokens': 5,
        'gen_ai.usage.output_tokens': 7,
        'lumen.request_id': 'req-1',
        'lumen.cost_coins': 1.5,
        'lumen.outcome': 'completed',
        'lumen.stream': true,
      },
    });
    expect(client).toEqual({
      name: 'chat upstream-name',
      kind: 'client',
      traceId: server!.traceId,
      spanId: 'aa',
      parentSpanId: server!.spanId,
      isParentRemote: false,
      startMs: STARTED.getTime() + 1.5,
      endMs: STARTED.getTime() + 100,
      error: null,
      attributes: {
        'gen_ai.operation.name': 'chat',
        'gen_ai.provider.name': 'openai',
        'gen_ai.system': 'openai',
        'gen_ai.request.model': 'upstream-name',
        'gen_ai.response.model': 'upstream-name',
        'gen_ai.usage.input_tokens': 5,
        'gen_ai.usage.output_tokens': 7,
        'server.address': 'backend.example',
        'server.port': 443,
        'lumen.request_id': 'req-1',
      },
    });
  });

  it('tells of a call that failed before the one that served', () => {
    const failed = { endpoint: 'x', status: 503, code: 'upstream_overloaded', ms: 30 };
    const calls = [call('http://one:8000', 1, 'aa'), call('http://two', 40, 'bb')];
    const [, first, second] = spansOf({ ...finished({}, calls), failures: [failed] });
    expect(first).toMatchObject({
      spanId: 'aa',
      endMs: STARTED.getTime() + 31,
      error: 'upstream_overloaded',
      attributes: {
        'server.address': 'one',
        'server.port': 8000,
        'error.type': 'upstream_overloaded',
        'http.response.status_code': 503,
      },
    });
    expect(first!.attributes).not.toHaveProperty(['gen_ai.usage.input_tokens']);
    expect(second).toMatchObject({ spanId: 'bb', error: null, attributes: { 'server.port': 80 } });
  });

  it.each<[string, Partial<RequestRecord>, string | null, string | null]>([
    ['failed', { outcome: 'failed', status: 502, errorCode: 'upstream_error' }, 'yes', 'yes'],
    ['was cut off', { outcome: 'failed', status: 200, errorCode: 'upstream_error' }, 'yes', 'yes'],
    ['was cancelled', { outcome: 'cancelled', status: 499, errorCode: null }, null, null],
  ])('says which error it was of a request that %s', (_what, record, server, client) => {
    const spans = spansOf(finished(record));
    const errors = spans.map(({ error }) => error && 'yes');
    expect(errors).toEqual([server, client]);
    expect(spans[0]!.attributes['error.type']).toBe(record.errorCode ?? undefined);
    expect(spans[0]!.attributes).not.toHaveProperty(['gen_ai.response.model']);
  });

  it('leaves the span of the request to the model that answered', () => {
    const failed = { outcome: 'failed', status: 502, errorCode: 'upstream_error' } as const;
    const failures = [{ endpoint: 'x', status: 500, code: 'upstream_error', ms: 30 }];
    const spans = spansOf({ ...finished(failed), failures, isAnswer: false });
    expect(spans.map(({ kind, error }) => [kind, error])).toEqual([['client', 'upstream_error']]);
  });

  it('has one span of a request that was refused, which is the caller`s error', () => {
    const record = { outcome: 'refused', status: 429, errorCode: 'budget_exceeded' } as const;
    const spans = spansOf(finished(record, []));
    expect(spans).toHaveLength(1);
    expect(spans[0]).toMatchObject({
      error: null,
      attributes: { 'error.type': 'budget_exceeded', 'http.response.status_code': 429 },
    });
  });

  it('says whose API was spoken', () => {
    const spans = spansOf(finished({ operation: 'messages' }));
    expect(spans.map(({ attributes }) => attributes['gen_ai.provider.name'])).toEqual([
      'anthropic',
      'anthropic',
    ]);
    const translated = spansOf(finished({ operation: 'responses' }));
    expect(translated[1]!.attributes['gen_ai.provider.name']).toBe('openai');
  });

  it('does not repeat a name of any length', () => {
    const [span] = spansOf({ ...finished({}), requestedModel: 'x'.repeat(10_000) });
    expect(span!.attributes['gen_ai.request.model']).toHaveLength(256);
  });
});
