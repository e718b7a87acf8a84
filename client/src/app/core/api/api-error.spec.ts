import { errorFromResponse } from './api-error';

const NOW = Date.parse('2026-11-21T10:00:00Z');

function answer(body: string, status: number, headers: Record<string, string> = {}): Response {
  return new Response(body, { status, headers });
}

describe('errorFromResponse', () => {
  it('reads Lumen’s envelope', async () => {
    const body = JSON.stringify({ error: { code: 'a_code', message: 'Why.', requestId: 'r-1' } });
    expect(await errorFromResponse(answer(body, 409))).toMatchObject({
      status: 409,
      code: 'a_code',
      message: 'Why.',
      requestId: 'r-1',
      retryAfterSeconds: null,
    });
  });

  it('reads OpenAI’s envelope', async () => {
    const body = JSON.stringify({ error: { type: 'rate_limit', code: null, message: 'Slow.' } });
    const error = await errorFromResponse(answer(body, 429, { 'x-request-id': 'r-2' }));
    expect(error).toMatchObject({ code: 'rate_limit', message: 'Slow.', requestId: 'r-2' });
  });

  it.each(['<html>Bad gateway</html>', '', '[]', 'null', '{"error":"text"}'])(
    'survives a body like %j',
    async (body) => {
      const error = await errorFromResponse(answer(body, 502));
      expect(error).toMatchObject({ status: 502, code: 'http_502', message: '' });
    },
  );

  it.each([
    ['7', 7],
    ['0', 0],
    ['Sat, 21 Nov 2026 10:01:30 GMT', 90],
    ['Sat, 21 Nov 2026 09:00:00 GMT', 0],
    ['soon', null],
  ])('understands retry-after %j', async (header, seconds) => {
    const error = await errorFromResponse(answer('', 429, { 'retry-after': header }), NOW);
    expect(error.retryAfterSeconds).toBe(seconds);
  });
});
