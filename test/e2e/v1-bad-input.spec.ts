import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type IncomingMessage, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { json, text as textOf } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LumenServer } from '../support/lumen/lumen-server.js';
import { modelWith } from '../support/lumen/models.js';
import { apiError } from '../support/openai-shapes.js';
import { residentMemory } from '../support/resident-memory.js';
import { ScriptedUpstream } from '../support/scripted-upstream.js';
import { vllm } from '../support/vllm-backend.js';

const MIB = 2 ** 20;
/** Of `limits.body_bytes`, by default. */
const BODY_LIMIT = 20 * MIB;
const JSON_TYPE = 'application/json';
const FORM_TYPE = 'multipart/form-data; boundary=b';

/** A body that is answered, by address. */
const GOOD = {
  'chat/completions': { model: 'm', messages: [{ role: 'user', content: 'hi' }] },
  completions: { model: 'm', prompt: 'hi' },
  embeddings: { model: 'm', input: 'hi' },
  rerank: { model: 'm', query: 'q', documents: ['d'] },
  score: { model: 'm', text_1: 'a', text_2: 'b' },
};
type Path = keyof typeof GOOD;
const PATHS = Object.keys(GOOD) as Path[];
/** What is read of each: the first of it is its content. */
const CONTENT: Record<Path, string> = {
  'chat/completions': 'messages',
  completions: 'prompt',
  embeddings: 'input',
  rerank: 'documents',
  score: 'text_2',
};

const good = (path: Path, more: object = {}) => JSON.stringify({ ...GOOD[path], ...more });
/** The good body with this text in the place of its content. */
const withContent = (path: Path, content: string) =>
  `{"model":"m","query":"q","text_1":"a","${CONTENT[path]}":${content}}`;

/** The body, the status, and the code and parameter that are named. */
type Case = [string, string | Buffer, number, string, string | null];

/** By these a backend would take another model, or another limit, than Lumen decided by. */
const FOREIGN = [
  'models',
  'fallbacks',
  'FALLBACKS',
  'mock_testing_fallbacks',
  'n_predict',
  'n_cmpl',
];

const COMMON = (path: Path): Case[] => [
  ['nothing', '', 400, 'invalid_json', null],
  ['half of it', good(path).slice(0, -3), 400, 'invalid_json', null],
  ['more after the end', `${good(path)}}`, 400, 'invalid_json', null],
  ['another language', '<xml/>', 400, 'invalid_json', null],
  [
    'invalid UTF-8',
    Buffer.from([...Buffer.from('{"a":"'), 0xff, 0xfe, 0x22, 0x7d]),
    400,
    'invalid_json',
    null,
  ],
  ['UTF-16', Buffer.from(good(path), 'utf16le'), 400, 'invalid_json', null],
  ['half a surrogate, cut', Buffer.from(good(path)).subarray(0, 9), 400, 'invalid_json', null],
  ['NaN', `{"model":"m","${CONTENT[path]}":NaN}`, 400, 'invalid_json', null],
  ['a list', '[]', 400, 'invalid_request', null],
  ['null', 'null', 400, 'invalid_request', null],
  ['a number', '7', 400, 'invalid_request', null],
  ['a text', '"hi"', 400, 'invalid_request', null],
  [
    'an empty object',
    '{}',
    400,
    'missing_field',
    path === 'rerank' ? 'query' : path === 'score' ? 'text_1' : CONTENT[path],
  ],
  ['a number for a model', good(path, { model: 7 }), 400, 'invalid_request', 'model'],
  ['a list for a model', good(path, { model: ['m'] }), 400, 'invalid_request', 'model'],
  ['a long model', good(path, { model: 'm'.repeat(300) }), 400, 'invalid_request', 'model'],
  ['an unknown model', good(path, { model: 'nope' }), 404, 'model_not_found', 'model'],
  ...FOREIGN.map((field): Case => {
    const text = good(path, { [field]: field.startsWith('n_') ? -1 : ['expensive'] });
    return [`"${field}"`, text, 400, 'invalid_request', field.toLowerCase()];
  }),
  ['two models', good(path).replace('{', '{"model":"n",'), 400, 'invalid_request', 'model'],
  [
    'two models, one in disguise',
    good(path).replace('{', '{"mod\\u0065l":"n",'),
    400,
    'invalid_request',
    'model',
  ],
  ...['MODEL', 'Model', '\u004dodel'].map((name): Case => [
    `two models, one of them ${name}`,
    good(path).replace(/}$/, `,"${name}":"n"}`),
    400,
    'invalid_request',
    JSON.parse(`"${name}"`) as string,
  ]),
  [
    'a flag with another letter for s',
    good(path, { ſtream: true }),
    400,
    'invalid_request',
    'ſtream',
  ],
  ['a limit in capitals', good(path, { MAX_TOKENS: 1e6 }), 400, 'invalid_request', 'MAX_TOKENS'],
  [
    'twice the content',
    withContent(path, `[],"${CONTENT[path]}":"b"`),
    400,
    'invalid_request',
    CONTENT[path],
  ],
  ['no content', withContent(path, 'null'), 400, 'missing_field', CONTENT[path]],
  ['a number as content', withContent(path, '7'), 400, 'invalid_request', CONTENT[path]],
  ['true as content', withContent(path, 'true'), 400, 'invalid_request', CONTENT[path]],
  ['an empty list as content', withContent(path, '[]'), 400, 'invalid_request', CONTENT[path]],
  ['a text that is no flag', good(path, { stream: 'yes' }), 400, 'invalid_request', 'stream'],
  ['100,000 brackets', '['.repeat(100_000), 400, 'invalid_json', null],
  [
    '100,000 lists in each other',
    withContent(path, '['.repeat(100_000) + ']'.repeat(100_000)),
    400,
    'invalid_json',
    null,
  ],
  [
    '100,000 objects in each other',
    withContent(path, '{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000)),
    400,
    'invalid_json',
    null,
  ],
  [
    'a million objects',
    withContent(path, `[${'{},'.repeat(1_000_000)}{}]`),
    400,
    'invalid_json',
    null,
  ],
  [
    'a million keys',
    `{${Array.from({ length: 1_000_000 }, (_, i) => `"k${i}":1`).join(',')}}`,
    400,
    'invalid_json',
    null,
  ],
];

const OWN: Record<Path, Case[]> = {
  'chat/completions': [
    [
      'a message that is a text',
      good('chat/completions', { messages: [{ role: 'user' }, 'hi'] }),
      400,
      'invalid_request',
      'messages',
    ],
    [
      'no tokens',
      good('chat/completions', { max_tokens: 0 }),
      400,
      'invalid_request',
      'max_tokens',
    ],
    [
      'part of a token',
      good('chat/completions', { max_completion_tokens: 1.5 }),
      400,
      'invalid_request',
      'max_completion_tokens',
    ],
    [
      'more choices than are shown',
      good('chat/completions', { best_of: 2 }),
      400,
      'invalid_request',
      'best_of',
    ],
    [
      'endless tokens',
      good('chat/completions', { max_tokens: 1e300 }),
      400,
      'invalid_request',
      'max_tokens',
    ],
    ['choices beyond number', good('chat/completions', { n: 1e9 }), 400, 'invalid_request', 'n'],
  ],
  completions: [
    [
      'fewer than no tokens',
      good('completions', { max_tokens: -1 }),
      400,
      'invalid_request',
      'max_tokens',
    ],
    ['a mixed list', good('completions', { prompt: ['a', 1] }), 400, 'invalid_request', 'prompt'],
    ['parts of tokens', good('completions', { prompt: [1.5] }), 400, 'invalid_request', 'prompt'],
    [
      'too many prompts',
      good('completions', { prompt: Array(3_000).fill('a') }),
      400,
      'invalid_request',
      'prompt',
    ],
    [
      'choices beyond number',
      good('completions', { best_of: 1e9 }),
      400,
      'invalid_request',
      'best_of',
    ],
  ],
  embeddings: [
    [
      'too many inputs',
      good('embeddings', { input: Array(3_000).fill('a') }),
      400,
      'invalid_request',
      'input',
    ],
    ['lists of lists', good('embeddings', { input: [[[1]]] }), 400, 'invalid_request', 'input'],
    [
      'another format',
      good('embeddings', { encoding_format: 'hex' }),
      400,
      'invalid_request',
      'encoding_format',
    ],
    ['a stream', good('embeddings', { stream: true }), 400, 'invalid_request', 'stream'],
  ],
  rerank: [
    [
      'too many documents',
      good('rerank', { documents: Array(11_000).fill('a') }),
      400,
      'invalid_request',
      'documents',
    ],
    ['a list of queries', good('rerank', { query: ['a'] }), 400, 'invalid_request', 'query'],
    ['the best none', good('rerank', { top_n: 0 }), 400, 'invalid_request', 'top_n'],
  ],
  score: [
    [
      'too many texts',
      good('score', { text_2: Array(11_000).fill('a') }),
      400,
      'invalid_request',
      'text_2',
    ],
    ['a list of numbers', good('score', { text_1: [1] }), 400, 'invalid_request', 'text_1'],
  ],
};

describe('bad input', () => {
  const running = new AsyncDisposableStack();
  let upstream: ScriptedUpstream;
  let server: LumenServer;
  let key: string;

  beforeAll(async () => {
    upstream = running.use(await ScriptedUpstream.start());
    upstream.usual = vllm;
    server = running.use(
      await LumenServer.start({ models: modelWith('m', { url: upstream.url }) }),
    );
    key = await server.createKey();
  });

  afterAll(() => running.disposeAsync());

  const post = (path: Path, body: string | Buffer, contentType: string | null = JSON_TYPE) =>
    fetch(`${server.url}/v1/${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${key}`,
        ...(contentType !== null && { 'content-type': contentType }),
      },
      body: Buffer.from(body),
    });

  describe.each(PATHS)('at %s', (path) => {
    it('has a good counterpart', async () => {
      expect((await post(path, good(path))).status).toBe(200);
    });

    it.each([...COMMON(path), ...OWN[path]])(
      '%s is refused',
      async (_what, body, code, name, param) => {
        const before = upstream.requests.length;
        const answer = await post(path, body);
        expect(answer.status).toBe(code);
        expect(answer.headers.get('x-request-id')).toBeTruthy();
        expect(apiError.parse(await answer.json()).error).toMatchObject({ code: name, param });
        expect(upstream.requests.length).toBe(before);
      },
    );

    it.each([
      ['text/plain'],
      ['application/x-www-form-urlencoded'],
      ['application/jsonp'],
      ['nonsense'],
      [null],
    ])('of the type %s is refused', async (contentType) => {
      const answer = await post(path, good(path), contentType);
      expect(answer.status).toBe(415);
      expect(apiError.parse(await answer.json()).error.code).toBe('unsupported_media_type');
    });

    it('that announces more than may come is refused before it comes', async () => {
      const asked = start(path, { 'content-length': BODY_LIMIT + 1 });
      asked.flushHeaders();
      expect(await refusalOf(asked)).toMatchObject({ status: 413, code: 'body_too_large' });
    });

    it('that does not end is refused at the limit', async () => {
      const asked = start(path, { 'transfer-encoding': 'chunked' });
      const refusal = refusalOf(asked);
      const sent = await writeUntil(asked, refusal);
      expect(await refusal).toMatchObject({ status: 413, code: 'body_too_large' });
      expect(sent).toBeLessThan(BODY_LIMIT + mostInSockets());
    });
  });

  it('too large is refused even to a caller who sends all of it before reading', async () => {
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    socket.write(
      `POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${key}\r\n` +
        `content-type: ${JSON_TYPE}\r\ntransfer-encoding: chunked\r\n\r\n`,
    );
    const chunk = Buffer.concat([
      Buffer.from(`${MIB.toString(16)}\r\n`),
      Buffer.alloc(MIB, ' '),
      Buffer.from('\r\n'),
    ]);
    for (let sent = 0; sent < BODY_LIMIT + 16 * MIB; sent += MIB) {
      await new Promise<void>((resolve, reject) => {
        socket.write(chunk, (error) => (error ? reject(error) : resolve()));
      });
    }
    socket.write('0\r\n\r\nGET /health/live HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
    const answers = await textOf(socket);
    expect(answers).toMatch(/^HTTP\/1\.1 413 .*"code":"body_too_large"/s);
    // And the connection goes on.
    expect(answers).toContain('HTTP/1.1 200 OK');
  });

  const postEncoded = (address: string, contentType: string, encoding: string, body: Buffer) =>
    fetch(`${server.url}/${address}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': contentType,
        'content-encoding': encoding,
      },
      body: Buffer.from(body),
    });

  it.each([
    ['v1/chat/completions', JSON_TYPE],
    ['v1/audio/transcriptions', FORM_TYPE],
    ['api/keys', JSON_TYPE],
    ['chat/completions', JSON_TYPE],
    ['chat/attachments', FORM_TYPE],
  ])('that is compressed is refused in words at %s', async (address, contentType) => {
    const body = gzipSync(good('chat/completions'));
    for (const encoding of ['gzip', 'BR', 'identity, gzip', 'nonsense']) {
      const answer = await postEncoded(address, contentType, encoding, body);
      const { error } = (await answer.json()) as { error: { code: string; message: string } };
      expect([answer.status, error.code]).toEqual([415, 'unsupported_media_type']);
      expect(error.message).toMatch(/content-encoding.*uncompressed/);
    }
  });

  it('that is said to be as it is, is taken', async () => {
    const body = Buffer.from(good('chat/completions'));
    const answer = await postEncoded('v1/chat/completions', JSON_TYPE, 'Identity', body);
    expect(answer.status).toBe(200);
  });

  it('of too many headers, or too large ones, is refused', async () => {
    const { hostname, port } = new URL(server.url);
    const many = Array.from({ length: 150 }, (_, i) => `x-${i}: a\r\n`).join('');
    for (const headers of [many, `x: ${'y'.repeat(40_000)}\r\n`]) {
      const socket = connect(Number(port), hostname);
      socket.write(`GET /v1/models HTTP/1.1\r\nhost: x\r\nconnection: close\r\n${headers}\r\n`);
      const [head, body] = (await textOf(socket)).split('\r\n\r\n');
      expect(head).toMatch(/^HTTP\/1\.1 431 /);
      const { error } = JSON.parse(body!) as { error: object };
      expect(error).toMatchObject({
        code: 'headers_too_large',
        type: 'invalid_request_error',
        param: null,
      });
    }
  });

  it('holds nobody else up for long, and leaves no memory behind', async () => {
    const worst = [
      `[${'['.repeat(BODY_LIMIT / 2 - 8)}${']'.repeat(BODY_LIMIT / 2 - 8)}]`,
      withContent('chat/completions', `[${'{},'.repeat(6_000_000)}{}]`),
      withContent('chat/completions', `[${'"a",'.repeat(4_000_000)}"a"]`),
      withContent('chat/completions', `[${'1,'.repeat(9_000_000)}1]`),
      withContent('chat/completions', `"${'\\"'.repeat(9_000_000)}"`),
    ].map((text) => Buffer.from(text));
    const round = async () => {
      for (const body of worst) expect((await post('chat/completions', body)).status).toBe(400);
    };
    await round();
    const before = await residentMemory(server.pid);
    const longest = longestWait(`${server.url}/health/live`);
    for (let i = 0; i < 2; i += 1) await round();
    expect(await longest.stop()).toBeLessThan(15_000);
    expect((await residentMemory(server.pid)) - before).toBeLessThan(150 * MIB);
  }, 60_000);

  it('forwards a great many messages that are well-formed', async () => {
    const messages = Array(100_000).fill({ role: 'user', content: 'hi' });
    const answer = await post('chat/completions', JSON.stringify({ model: 'm', messages }));
    expect(answer.status).toBe(200);
  });

  it('is none of it a crash', () => {
    expect(server.log.filter(({ level }) => level === 'error')).toEqual([]);
    expect(server.errors).toEqual([]);
  });

  function start(path: Path, headers: Record<string, string | number>) {
    return httpRequest(`${server.url}/v1/${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': JSON_TYPE, ...headers },
    });
  }
});

type Asked = ReturnType<typeof httpRequest>;

async function refusalOf(asked: Asked): Promise<{ status: number; code: string | null }> {
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  const { error } = apiError.parse(await json(answer));
  asked.destroy();
  return { status: answer.statusCode!, code: error.code };
}

/** Bytes that may be between two ends of a connection: the kernel grows its buffers as it likes. */
function mostInSockets(): number {
  const own = 4 * MIB;
  if (process.platform !== 'linux') return own + 16 * MIB;
  const largest = ['rmem', 'wmem'].map((name) => {
    const [, , most] = readFileSync(`/proc/sys/net/ipv4/tcp_${name}`, 'utf8').trim().split(/\s+/);
    return Number(most);
  });
  return largest.reduce((sum, bytes) => sum + bytes, own);
}

/** Sends spaces until there is an answer; resolves with how many. */
async function writeUntil(asked: Asked, answered: Promise<unknown>): Promise<number> {
  const spaces = Buffer.alloc(MIB, ' ');
  let isAnswered = false;
  const end = () => {
    isAnswered = true;
  };
  answered.then(end, end);
  // The connection may be cut while more is on its way.
  asked.on('error', end);
  let sent = 0;
  while (!isAnswered && sent < 10 * BODY_LIMIT) {
    // What the kernel takes at once calls back at once, and the answer would not be read for a long time.
    await new Promise<void>((resolve) => asked.write(spaces, () => setImmediate(resolve)));
    sent += spaces.length;
  }
  return sent;
}

/** Asks an address again and again; `stop` resolves with the longest that an answer took, in ms. */
function longestWait(url: string): { stop: () => Promise<number> } {
  let isStopped = false;
  const asking = (async () => {
    let longest = 0;
    while (!isStopped) {
      const startedMs = performance.now();
      await (await fetch(url)).text();
      longest = Math.max(longest, performance.now() - startedMs);
    }
    return longest;
  })();
  const stop = () => {
    isStopped = true;
    return asking;
  };
  return { stop };
}
