import { describe, expect, it } from '@jest/globals';
import { failedUpstream, refusedByUpstream } from './upstream-errors.js';

const refused = (status: number, body = '', retryAfter?: string) =>
  refusedByUpstream('m', status, retryAfter, Buffer.from(body));

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

describe('failedUpstream', () => {
  it.each([
    ['UND_ERR_HEADERS_TIMEOUT', 'upstream_timeout', 504],
    ['UND_ERR_BODY_TIMEOUT', 'upstream_timeout', 504],
    ['UND_ERR_CONNECT_TIMEOUT', 'upstream_unreachable', 502],
    ['ECONNREFUSED', 'upstream_unreachable', 502],
    ['ECONNRESET', 'upstream_error', 502],
    ['UND_ERR_SOCKET', 'upstream_error', 502],
    [undefined, 'upstream_error', 502],
  ])('calls %s %s', (code, expected, status) => {
    const error = failedUpstream('m', Object.assign(new Error('x'), { code }));
    expect(error).toMatchObject({ code: expected, status });
  });
});
