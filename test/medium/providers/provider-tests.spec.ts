import dns from 'node:dns';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { AuditEntry } from '../../../server/src/infrastructure/audit/audit-entry.entity.js';
import { ProviderTestService } from '../../../server/src/providers/provider-test.service.js';
import { freePort } from '../../support/free-port.js';
import { InProcessLumen } from '../../support/lumen/in-process.js';
import { configurationText, DIALECTS } from '../../support/lumen/lumen-server.js';
import {
  type Behaviour,
  chunkText,
  completion,
  completionText,
  DONE,
  hang,
  reset,
  ScriptedUpstream,
  status,
  stream,
} from '../../support/scripted-upstream.js';

const KEY = 'sk-the-key-that-nobody-may-see-xyz9';
const OTHER_KEY = 'sk-some-other-key-for-this-test-only';
const ROLES = `
engineers: [engineer@x.edu]
log: { level: error }
`;

const echoAuthorization: Behaviour = (request, response) => {
  const error = { message: `You sent ${request.headers.authorization}` };
  response.writeHead(401, { 'content-type': 'application/json' }).end(JSON.stringify({ error }));
};

const huge: Behaviour = (_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  const timer = setInterval(() => response.write('x'.repeat(300_000)), 1);
  response.once('close', () => clearInterval(timer));
};

const cutMidway: Behaviour = (_request, response) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write(chunkText('Po'), () => response.socket?.resetAndDestroy());
};

describe.each(DIALECTS)('tests of a provider on %s', (dialect) => {
  const running = new AsyncDisposableStack();
  let lumen: InProcessLumen;
  let upstream: ScriptedUpstream;
  let id: string;
  let usualLimits: object;

  beforeAll(async () => {
    upstream = running.use(await ScriptedUpstream.start());
    lumen = running.use(
      await InProcessLumen.start(dialect, (url) => configurationText(url, { extra: ROLES })),
    );
    const { limits } = lumen.app.get(ProviderTestService);
    usualLimits = { ...limits };
    limits.timeoutMs = 2_000;
    await lumen.logInAs('engineer@x.edu');
    const { body } = await lumen.ask('POST', '/providers', {
      name: 'Scripted',
      slug: 'scripted',
      type: 'custom',
      baseUrl: upstream.url,
      apiKey: KEY,
      models: ['m'],
    });
    ({ id } = body as { id: string });
  });

  afterEach(() => void jest.restoreAllMocks());
  afterAll(() => running.disposeAsync());

  it('list the models that the backend says it has, and tell nothing else of it', async () => {
    const list = (standIn: object, of = id) =>
      lumen.ask('POST', `/providers/${of}/models`, standIn);
    const data = [{ id: 'b' }, { id: 'a', key: KEY }, { id: 7 }];
    upstream.next(status(200, JSON.stringify({ data })));
    expect(await list({})).toMatchObject({ status: 200, body: { models: ['b', 'a'] } });
    expect(upstream.lastRequest).toMatchObject({
      path: '/v1/models',
      headers: { authorization: `Bearer ${KEY}` },
    });
    upstream.next(echoAuthorization);
    const refused = await list({ apiKey: OTHER_KEY });
    expect(refused.body).toEqual({ models: null, error: 'GET /models answered with status 401' });
    upstream.next(status(200, '<html>'));
    expect((await list({ baseUrl: upstream.url }, 'draft')).body).toMatchObject({ models: null });
    const dead = { baseUrl: `http://127.0.0.1:${await freePort()}/v1` };
    expect(JSON.stringify((await list(dead, 'draft')).body)).toMatch(/refused/);
    expect((await list({}, 'draft')).status).toBe(400);
    expect((await list({}, 'nobody')).status).toBe(404);
    const [line] = await lumen.dataSource
      .getRepository(AuditEntry)
      .find({ where: { action: 'provider.list_models' }, order: { id: 'ASC' }, take: 1 });
    expect(line).toMatchObject({ objectName: 'scripted', after: { isStoredKey: true, ok: true } });
    expect(JSON.stringify(line)).not.toContain('sk-');
  });

  const test = async (body: object, provider = id) => {
    const answer = await lumen.ask('POST', `/providers/${provider}/test`, body);
    expect(JSON.stringify(answer.body)).not.toMatch(/sk-/);
    return answer;
  };

  it('say how long it took, and how the reply begins', async () => {
    upstream.next(completion('Pong! Lumen here. '.repeat(20)));
    const { status: code, body } = await test({ model: 'm' });
    expect(code).toBe(200);
    expect(body).toEqual({
      ok: true,
      latencyMs: expect.any(Number),
      status: 200,
      sample: 'Pong! Lumen here. '.repeat(20).slice(0, 120),
    });
    expect(upstream.lastRequest).toMatchObject({
      method: 'POST',
      path: '/v1/chat/completions',
      headers: { authorization: `Bearer ${KEY}` },
    });
    expect(JSON.parse(upstream.lastRequest.bytes.toString())).toMatchObject({
      model: 'm',
      messages: [{ role: 'user', content: 'ping' }],
      stream: false,
    });
  });

  it('send what the test names in place of what is stored', async () => {
    await test({ model: 'other', apiKey: OTHER_KEY, baseUrl: `${upstream.url}/` });
    expect(upstream.lastRequest.headers.authorization).toBe(`Bearer ${OTHER_KEY}`);
    expect(JSON.parse(upstream.lastRequest.bytes.toString())).toMatchObject({ model: 'other' });
    const { body } = await test({ model: 'm', baseUrl: 'http://127.0.0.1:1/v1' });
    expect(body).toMatchObject({ ok: false, status: 0 });
  });

  it('of a draft send what is given, and nothing that is stored', async () => {
    const draft = { model: 'm', baseUrl: upstream.url };
    expect((await test({ ...draft, apiKey: OTHER_KEY }, 'draft')).body).toMatchObject({ ok: true });
    expect(upstream.lastRequest.headers.authorization).toBe(`Bearer ${OTHER_KEY}`);
    expect((await test(draft, 'draft')).body).toMatchObject({ ok: true });
    expect(upstream.lastRequest.headers.authorization).toBeUndefined();
    expect(await test({ model: 'm' }, 'draft')).toMatchObject({
      status: 400,
      body: {
        error: { code: 'missing_field', details: { fields: { baseUrl: [expect.any(String)] } } },
      },
    });
  });

  it('ask once more where the limit goes by its newer name', async () => {
    const refusal = "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.";
    upstream.next(status(400, JSON.stringify({ error: { message: refusal } })), completion('Pong'));
    expect((await test({ model: 'm' })).body).toMatchObject({ ok: true, sample: 'Pong' });
    const sent = JSON.parse(upstream.lastRequest.bytes.toString()) as object;
    expect(sent).toHaveProperty('max_completion_tokens');
    expect(sent).not.toHaveProperty('max_tokens');
  });

  it.each<[string, Behaviour, object]>([
    ['401', status(401, '{"error":{"message":"bad key"}}'), { status: 401, error: 'bad key' }],
    [
      'the key in its own refusal',
      echoAuthorization,
      { status: 401, error: 'You sent Bearer [key]' },
    ],
    [
      'HTML',
      status(200, '<h1>Hi</h1>', { 'content-type': 'text/html' }),
      { status: 200, error: expect.stringContaining('not JSON') },
    ],
    [
      'truncated JSON',
      status(200, '{"choices":[{'),
      { status: 200, error: expect.stringContaining('not JSON') },
    ],
    [
      '200 with an error inside',
      status(200, '{"error":{"message":"no credit"}}'),
      { status: 200, error: 'no credit' },
    ],
    [
      '500 without a word',
      status(500, ''),
      { status: 500, error: expect.stringContaining('status 500') },
    ],
    [
      'a redirect',
      status(302, '', { location: 'http://127.0.0.1:1/' }),
      { status: 302, error: expect.stringContaining('redirect') },
    ],
    ['a reset', reset, { status: 0, error: expect.stringContaining('cut the connection') }],
    ['an endless answer', huge, { status: 200, error: 'The answer is larger than 256 KiB' }],
  ])('that gets %s fail and say so', async (_what, behaviour, expected) => {
    upstream.next(behaviour);
    const before = upstream.requests.length;
    const { status: code, body } = await test({ model: 'm' });
    expect(code).toBe(200);
    expect(body).toEqual({ ok: false, latencyMs: expect.any(Number), ...expected });
    expect(upstream.requests).toHaveLength(before + 1);
  });

  it('end in time, in the words people know', async () => {
    upstream.next(hang);
    expect((await test({ model: 'm' })).body).toEqual({
      ok: false,
      latencyMs: expect.any(Number),
      status: 0,
      error: 'Request timed out after 2s',
    });
    expect(usualLimits).toEqual({ timeoutMs: 30_000, mostBytes: 256 * 1024 });
  });

  it('stream, and say when the first text came', async () => {
    upstream.next(stream(chunkText(''), chunkText('Po'), chunkText('ng'), DONE));
    expect((await test({ model: 'm', stream: true })).body).toEqual({
      ok: true,
      latencyMs: expect.any(Number),
      status: 200,
      sample: 'Pong',
      firstTokenMs: expect.any(Number),
    });
    expect(JSON.parse(upstream.lastRequest.bytes.toString())).toMatchObject({ stream: true });
  });

  it('of a stream in pieces of one byte read it as it was meant', async () => {
    const text = `${chunkText('Pö')}${chunkText('ng')}${DONE}`;
    upstream.next(async (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      for (const byte of Buffer.from(text)) {
        response.write(Buffer.of(byte));
        await nextTurn();
      }
      response.end();
    });
    const { body } = await test({ model: 'm', stream: true });
    expect(body).toMatchObject({ ok: true, sample: 'Pöng', firstTokenMs: expect.any(Number) });
  });

  it.each<[string, Behaviour, string]>([
    ['an answer in one piece', status(200, completionText('Pong')), 'without streaming'],
    ['a stream of nothing', stream(DONE), 'no chunk'],
    ['an error amid it', stream(chunkText('P'), 'data: {"error":{"message":"full"}}\n\n'), 'full'],
    ['a cut', cutMidway, 'cut the connection'],
    ['the key in pieces', stream(chunkText(KEY.slice(0, 9)), chunkText(KEY.slice(9)), DONE), ''],
  ])('that ask for a stream and get %s say so', async (_what, behaviour, error) => {
    upstream.next(behaviour);
    const { body } = await test({ model: 'm', stream: true });
    if (error === '') expect(body).toMatchObject({ ok: true, sample: '[key]' });
    else expect(body).toMatchObject({ ok: false, error: expect.stringContaining(error) });
  });

  it('tell what is wrong with an address', async () => {
    const ask = async (baseUrl: string) => (await test({ model: 'm', baseUrl })).body;
    expect(await ask(`http://127.0.0.1:${await freePort()}/v1`)).toMatchObject({
      status: 0,
      error: expect.stringContaining('Nothing listens'),
    });
    expect(await ask('http://no-such-host.invalid/v1')).toMatchObject({
      status: 0,
      error: expect.stringContaining('name of the host'),
    });
    expect(await ask(upstream.url.replace('http:', 'https:'))).toMatchObject({
      ok: false,
      status: 0,
    });
  });

  it.each([
    'http://169.254.169.254/latest/api/token',
    'http://2852039166/v1',
    'http://[fd00:ec2::254]/v1',
    'http://[::ffff:169.254.169.254]/v1',
  ])('never ask %s', async (baseUrl) => {
    for (const provider of [id, 'draft']) {
      expect((await test({ model: 'm', baseUrl }, provider)).body).toMatchObject({
        ok: false,
        status: 0,
        error: expect.stringContaining('never allowed'),
      });
    }
  });

  it('never ask what a name leads to that is a metadata address', async () => {
    jest
      .spyOn(dns, 'lookup')
      .mockImplementation(((
        _name: string,
        _options: object,
        callback: (error: null, found: object[]) => void,
      ) => callback(null, [{ address: '169.254.169.254', family: 4 }])) as never);
    const body = { model: 'm', baseUrl: 'http://metadata.example/v1' };
    expect((await test(body)).body).toMatchObject({
      ok: false,
      status: 0,
      error: expect.stringMatching(/metadata\.example is 169\.254\.169\.254.*never allowed/),
    });
  });

  it('are in the audit log, with where the stored key went', async () => {
    await test({ model: 'm', baseUrl: 'http://127.0.0.1:1/v1' });
    const entries = await lumen.dataSource
      .getRepository(AuditEntry)
      .find({ order: { id: 'DESC' } });
    expect(entries[0]).toMatchObject({
      action: 'provider.test',
      actorName: 'engineer@x.edu',
      objectName: 'scripted',
      after: { baseUrl: 'http://127.0.0.1:1/v1', model: 'm', isStoredKey: true, ok: false },
    });
    expect(JSON.stringify(entries)).not.toMatch(/sk-/);
  });

  it('are limited in number', async () => {
    const ends: (() => void)[] = [];
    const slow: Behaviour = (_request, response) =>
      void ends.push(() => response.writeHead(500).end());
    upstream.next(...Array.from({ length: 16 }, () => slow));
    const before = upstream.requests.length;
    const under = Array.from({ length: 16 }, () => test({ model: 'm' }));
    while (upstream.requests.length < before + 16) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(await test({ model: 'm' })).toMatchObject({
      status: 503,
      body: { error: { code: 'overloaded' } },
    });
    for (const end of ends) end();
    await Promise.all(under);
    expect((await test({ model: 'm' })).body).toMatchObject({ ok: true });
  });
});
