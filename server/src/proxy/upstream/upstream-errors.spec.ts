import { describe, expect, it } from '@jest/globals';
import { TimeLimitError } from './answer-watch.js';
import { BackendErrorEvent, failedUpstream, refusedByUpstream } from './upstream-errors.js';

const KEY = 'sk-"quoted"/and+coded';
const backend = { model: 'm', authorization: `Bearer ${KEY}` };
const refused = (status: number, body = '', retryAfter?: string) =>
  refusedByUpstream(backend, { status, retryAfter, body: Buffer.from(body) });
const saidOf = (key: string) => JSON.stringify({ error: { message: `no: Bearer ${key}!` } });

describe('refusedByUpstream', () => {
  it.each([
    [400, '{"error":{"message":"too long"}}', 'too long'],
    [404, '{"error":"model \\"x\\" not found"}', 'model "x" not found'],
    [413, '{"message":"large"}', 'large'],
    [422, '{"detail":"no"}', 'no'],
    [400, '<html>', 'The backend of "m" refused the request.'],
    [400, 'null', 'The backend of "m" refused the request.'],
    [400, '{"error":{"message":7}}', 'The backend of "m" refused the request.'],
  ])('passes %i %s through', (status, body, message) => {
    expect(refused(status, body)).toMatchObject({
      code: 'upstream_request_refused',
      status,
      message,
    });
  });

  it.each([401, 403])('takes %i on itself and says nothing of the reason', (status) => {
    const error = refused(status, '{"error":{"message":"Incorrect API key provided: sk-abc"}}');
    expect(error).toMatchObject({ code: 'upstream_misconfigured', status: 502 });
    expect(error.message).not.toContain('sk-abc');
  });

  it.each([
    ['7', 7],
    ['0.5', 1],
    ['100000', 600],
    ['-1', undefined],
    ['Wed, 21 Oct 2026 07:28:00 GMT', undefined],
    [undefined, undefined],
  ])('reads retry-after %j as %j', (header, retryAfterS) => {
    expect(refused(429, '', header)).toMatchObject({ code: 'upstream_overloaded', retryAfterS });
  });

  it.each([500, 502, 504, 301, 204, 418])('calls %i a failure of the backend', (status) => {
    expect(refused(status)).toMatchObject({ code: 'upstream_error', status: 502 });
  });
});

describe('the key', () => {
  it.each([
    ['plainly', KEY],
    ['in JSON', JSON.stringify(KEY).slice(1, -1)],
    ['as part of an address', encodeURIComponent(KEY)],
  ])('is in nothing that is said or logged, written %s', (_how, key) => {
    expect(refused(422, saidOf(key)).message).toBe('no: Bearer [key]!');
    expect(refused(500, saidOf(key))).toMatchObject({
      cause: { message: 'upstream status 500: no: Bearer [key]!' },
    });
    const broken = failedUpstream(backend, new Error(`bad header ${key}`));
    expect(broken).toMatchObject({ cause: { message: 'bad header [key]' } });
  });

  it('does not come through in part where a message is cut', () => {
    const before = 'x'.repeat(1_990);
    expect(refused(400, saidOf(`${before}${KEY}`)).message).not.toContain('sk-');
  });

  it('may be missing', () => {
    const open = { model: 'm', authorization: null };
    const refusal = { status: 400, retryAfter: undefined, body: Buffer.from(saidOf('x')) };
    expect(refusedByUpstream(open, refusal).message).toBe('no: Bearer x!');
  });
});

describe('failedUpstream', () => {
  it.each([
    ['first_token', 'The backend of "m" did not begin to answer within 20 s.'],
    ['idle', 'The backend of "m" fell silent in its answer for 20 s.'],
    ['total', 'The backend of "m" did not finish its answer within 20 s.'],
  ] as const)('names the limit: %s', (limit, message) => {
    const error = failedUpstream(backend, new TimeLimitError(limit, 20, true));
    expect(error).toMatchObject({ code: 'upstream_timeout', status: 504 });
    expect(error.message).toBe(`${message} Try again, or choose another model.`);
  });

  it.each([
    ['{"error":{"message":"too long","code":400}}', 'too long'],
    ['{"object":"error","message":"too long","code":"400"}', 'too long'],
    [`{"error":{"message":"no: ${encodeURIComponent(KEY)}","code":422}}`, 'no: [key]'],
    ['{"error":{"message":"CUDA out of memory at /srv","code":500}}', /"m" broke off .* an error/],
    ['{"error":"CUDA out of memory at /srv"}', /"m" broke off .* an error/],
    ['{"error":true}', /"m" broke off .* an error/],
  ])('words the event %s', (body, message) => {
    const error = failedUpstream(backend, new BackendErrorEvent(Buffer.from(body)));
    expect(error).toMatchObject({ code: 'upstream_error', status: 502 });
    expect(error.message).toEqual(
      typeof message === 'string' ? message : expect.stringMatching(message),
    );
    expect(JSON.stringify(error.cause)).not.toContain('sk-');
  });

  it.each([
    ['UND_ERR_CONNECT_TIMEOUT', 'upstream_unreachable', 502],
    ['ECONNREFUSED', 'upstream_unreachable', 502],
    ['EMFILE', 'overloaded', 503],
    ['ECONNRESET', 'upstream_error', 502],
    ['UND_ERR_SOCKET', 'upstream_error', 502],
    ['LUMEN_ADDRESS_REFUSED', 'upstream_misconfigured', 502],
    [undefined, 'upstream_error', 502],
  ])('calls %s %s', (code, expected, status) => {
    const error = failedUpstream(backend, Object.assign(new Error('x'), { code }));
    expect(error).toMatchObject({ code: expected, status });
  });

  it.each([
    [['EADDRNOTAVAIL', 'ECONNREFUSED'], 'upstream_unreachable'],
    [['EADDRNOTAVAIL', 'EMFILE'], 'overloaded'],
  ])('calls %s, at several addresses at once, %s', (codes, expected) => {
    const errors = codes.map((code) => Object.assign(new Error('x'), { code }));
    const error = Object.assign(new AggregateError(errors), { code: codes[0] });
    expect(failedUpstream(backend, error).code).toBe(expected);
  });
});
