import { describe, expect, it } from '@jest/globals';
import { type CatalogueService } from '../models/index.js';
import { type FinishedRequest, FinishedRequestsService } from '../proxy/index.js';
import { type RequestRecord } from '../usage/index.js';
import { familyText } from './metric-family.js';
import { RequestMetricsService } from './request-metrics.service.js';
import { PrometheusPage } from './testing/prometheus-text.js';

const RECORD = {
  operation: 'chat/completions',
  model: 'm0',
  outcome: 'completed',
  source: 'api',
  status: 200,
  errorCode: null,
  promptTokens: 5,
  completionTokens: 7,
  cachedTokens: 2,
  reasoningTokens: null,
  firstByteMs: 20,
  durationMs: 98,
  cost: 1_500_000_000n,
  attempts: null,
} as RequestRecord;

const CALL = { afterMs: 10.4, waitedMs: 10, spanId: '' } as FinishedRequest['calls'][number];

/** What is counted of requests to the models m0, m1, … */
function counting(models = 1) {
  const entries = new Map(Array.from({ length: models }, (_, index) => [`m${index}`, {}]));
  const catalogue = { current: { entries, fallback: null } } as unknown as CatalogueService;
  const finished = new FinishedRequestsService();
  const families = new RequestMetricsService(finished, catalogue).start();
  const tell = (record: Partial<RequestRecord>, request: Partial<FinishedRequest> = {}) =>
    finished.tell({
      record: { ...RECORD, ...record },
      isAnswer: true,
      isStandIn: false,
      requestedModel: 'm0',
      calls: [CALL],
      failures: [],
      closingMs: 2,
      trace: null,
      ...request,
    });
  const page = async () =>
    new PrometheusPage((await Promise.all(families.map(familyText))).join(''));
  return { tell, page };
}

describe('RequestMetricsService', () => {
  it('counts what was used', async () => {
    const { tell, page } = counting();
    tell({});
    tell({ reasoningTokens: 3, cost: null });
    const seen = await page();
    const labels = { operation: 'chat/completions', model: 'm0', outcome: 'completed' };
    expect(seen.sum('lumen_requests_total', { ...labels, status_class: '2xx' })).toBe(2);
    const tokens = seen.samples('lumen_tokens_total');
    expect(tokens.map(({ labels: { kind }, value }) => [kind, value])).toEqual([
      ['prompt', 10],
      ['completion', 14],
      ['cached', 4],
      ['reasoning', 3],
    ]);
    expect(seen.sum('lumen_cost_coins_total')).toBe(1.5);
  });

  it('measures in seconds, with Lumen`s own part apart', async () => {
    const { tell, page } = counting();
    tell({});
    const seen = await page();
    expect(seen.sum('lumen_request_duration_seconds_sum')).toBeCloseTo(0.1);
    expect(seen.sum('lumen_request_duration_seconds_bucket', { le: '0.05' })).toBe(0);
    expect(seen.sum('lumen_request_duration_seconds_bucket', { le: '0.1' })).toBe(1);
    expect(seen.sum('lumen_time_to_first_byte_seconds_sum', { model: 'm0' })).toBeCloseTo(0.02);
    const overhead = (stage: string) => seen.sum('lumen_overhead_seconds_sum', { stage });
    expect([overhead('request'), overhead('settlement')]).toEqual([
      expect.closeTo(0.0004),
      expect.closeTo(0.002),
    ]);
  });

  it('has no overhead of requests that went nowhere', async () => {
    const { tell, page } = counting();
    tell(
      { outcome: 'refused', status: 403, errorCode: 'budget_missing', firstByteMs: null },
      { calls: [] },
    );
    const seen = await page();
    expect(seen.sum('lumen_overhead_seconds_count')).toBe(0);
    expect(seen.sum('lumen_time_to_first_byte_seconds_count')).toBe(0);
    expect(seen.sum('lumen_attempts_failed_total')).toBe(0);
    expect(seen.sum('lumen_requests_total', { outcome: 'refused', status_class: '4xx' })).toBe(1);
  });

  it('counts every call that failed, by a code of the closed list', async () => {
    const { tell, page } = counting();
    const attempt = (code: string) => ({ endpoint: 'x', status: 500, code, ms: 1 });
    const calls = [CALL, CALL, CALL];
    tell({}, { calls, failures: [attempt('upstream_timeout'), attempt('made up')] });
    tell({ outcome: 'failed', status: 200, errorCode: 'upstream_error' });
    const refused = { outcome: 'failed', status: 503, errorCode: 'upstream_overloaded' } as const;
    tell(refused, { failures: [attempt('upstream_overloaded')] });
    const codes = (await page()).samples('lumen_attempts_failed_total');
    expect(codes.map(({ labels, value }) => [labels['code'], value])).toEqual([
      ['upstream_timeout', 1],
      ['other', 1],
      ['upstream_error', 1],
      ['upstream_overloaded', 1],
    ]);
  });

  it('counts a request once that another model has answered', async () => {
    const { tell, page } = counting(2);
    const failures = [{ endpoint: 'x', status: 500, code: 'upstream_error', ms: 1 }];
    const failed = { outcome: 'failed', status: 502, errorCode: 'upstream_error' } as const;
    tell(failed, { failures, isAnswer: false });
    tell({ model: 'm1' }, { isStandIn: true });
    const seen = await page();
    expect(seen.sum('lumen_requests_total')).toBe(1);
    expect(seen.sum('lumen_requests_total', { model: 'm1', outcome: 'completed' })).toBe(1);
    expect(seen.sum('lumen_attempts_failed_total', { model: 'm0' })).toBe(1);
    expect(seen.sum('lumen_overhead_seconds_count', { stage: 'request' })).toBe(1);
    expect(seen.sum('lumen_overhead_seconds_count', { stage: 'settlement' })).toBe(1);
  });

  it('makes no line of names that are made up, whatever stands in them', async () => {
    const { tell, page } = counting();
    for (let index = 0; index < 10_000; index += 1) tell({ model: `made "up"\n${index}` });
    const seen = await page();
    expect(seen.samples('lumen_requests_total')).toHaveLength(1);
    expect(seen.sum('lumen_requests_total', { model: 'other' })).toBe(10_000);
  });

  it('shows a thousand of 10,000 models, and loses no request', async () => {
    const { tell, page } = counting(10_000);
    for (let index = 0; index < 10_000; index += 1) tell({ model: `m${index}` });
    const seen = await page();
    expect(seen.samples('lumen_requests_total')).toHaveLength(1_001);
    expect(seen.sum('lumen_requests_total', { model: 'other' })).toBe(9_000);
    expect(seen.sum('lumen_requests_total')).toBe(10_000);
    expect(seen.samples('lumen_time_to_first_byte_seconds_count')).toHaveLength(1_001);
  });

  it('writes names of models as the format asks', async () => {
    const { tell, page } = counting();
    tell({ model: 'm0', operation: 'a "quoted"\\\nname' });
    const [sample] = (await page()).samples('lumen_requests_total');
    expect(sample!.labels['operation']).toBe('a "quoted"\\\nname');
  });
});
