import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Client, request } from 'undici';
import {
  asAsked,
  chatPieces,
  chatStream,
  completion,
  compressed,
  json,
  rateLimited,
  status,
  stream,
} from '../support/upstream/answers.js';
import {
  closeAfter,
  cutShort,
  endlessBody,
  endlessHeaders,
  errorInside200,
  errorInsideStream,
  garbageAfterAnswer,
  garbageAfterDone,
  halfLine,
  hang,
  hangAfter,
  htmlError,
  notHttp,
  oneByteAtATime,
  reset,
  resetAfter,
  truncatedJson,
  wrongContentType,
} from '../support/upstream/faults.js';
import { FakeUpstream } from '../support/upstream/fake-upstream.js';
import {
  chunkText,
  completionText,
  DONE,
  USAGE,
  USAGE_CHUNK,
  ZERO_USAGE,
} from '../support/upstream/openai-texts.js';
import { type Behaviour } from '../support/upstream/pieces.js';

let upstream: FakeUpstream;
let client: Client;

beforeEach(async () => {
  upstream = await FakeUpstream.start();
  client = new Client(new URL(upstream.url).origin);
});

afterEach(async () => {
  await client.destroy();
  await upstream.stop();
  expect(upstream.failures).toEqual([]);
});

const post = (body: unknown = {}, signal?: AbortSignal) =>
  client.request({
    method: 'POST',
    path: '/v1/chat/completions',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    signal,
  });

/** What a caller gets of an answer in the end: its text, or the code of its failure. */
async function outcomeOf(behaviour: Behaviour): Promise<string> {
  upstream.next(behaviour);
  try {
    return await (await post()).body.text();
  } catch (error) {
    const { code, name } = error as Error & { code?: string };
    return code ?? name;
  }
}

describe('the fake upstream records', () => {
  it('what the caller sent, to the byte', async () => {
    const body = '{ "stream": false, "ü": 1.0 }';
    const answer = await post(body);
    await answer.body.dump();
    const { method, path, headers, bytes, json } = upstream.lastRequest;
    expect([method, path, bytes.toString()]).toEqual(['POST', '/v1/chat/completions', body]);
    expect(headers).toMatchObject({ 'content-type': 'application/json' });
    expect(json).toEqual({ stream: false, ü: 1 });
  });

  it('a body that is not JSON', async () => {
    await (await post('{"model":')).body.dump();
    expect(upstream.lastRequest.json).toBeUndefined();
  });

  it('a request while it is under way', async () => {
    upstream.next(hang);
    const arrived = upstream.nextRequest();
    const leaving = new AbortController();
    const answer = post({ n: 1 }, leaving.signal);
    const seen = await arrived;
    expect([seen.json, seen.outcome]).toEqual([{ n: 1 }, 'open']);
    leaving.abort();
    await expect(answer).rejects.toThrow();
    await seen.aborted;
    expect(seen.outcome).toBe('aborted');
  });

  it('that an answer was finished', async () => {
    await (await post()).body.dump();
    await upstream.lastRequest.finished;
    expect(upstream.lastRequest.outcome).toBe('finished');
  });

  it('that it broke off itself, which is not the caller’s leaving', async () => {
    await outcomeOf(reset);
    expect(await upstream.lastRequest.closed).toBe('cut');
  });

  it('nothing of a caller that leaves before its request is whole', async () => {
    const { port, hostname } = new URL(upstream.url);
    const socket = connect(Number(port), hostname);
    socket.write('POST /v1/x HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\nhalf');
    await once(socket, 'connect');
    socket.resetAndDestroy();
    await (await post()).body.dump();
    expect(upstream.requests.map(({ path }) => path)).toEqual(['/v1/chat/completions']);
  });

  it('questions about models apart from the rest', async () => {
    upstream.next(status(500));
    const models = await request(`${upstream.url}/models`);
    expect(await models.body.json()).toMatchObject({ data: [{ id: 'upstream-name' }] });
    expect([upstream.probes.length, upstream.requests.length]).toEqual([1, 0]);
    upstream.scriptProbes(status(503));
    expect((await request(`${upstream.url}/models`)).statusCode).toBe(503);
    expect((await post()).statusCode).toBe(500);
  });

  it('the tokens it has truly served, whatever the usage says', async () => {
    upstream.next(
      completion('one two three', { usage: ZERO_USAGE }),
      chatStream({ words: ['a', 'b'], usage: null }),
    );
    for (const body of [{}, { stream: true }]) await (await post(body)).body.dump();
    expect(upstream.requests.map(({ tokensServed }) => tokensServed)).toEqual([3, 2]);
    expect(upstream.tokensServed).toBe(5);
  });

  it('the tokens up to the moment the caller left', async () => {
    const gates = [upstream.gate(), upstream.gate()];
    upstream.next(chatStream({ words: ['a', 'b', 'c'], gates }));
    const leaving = new AbortController();
    const answer = await post({ stream: true }, leaving.signal);
    answer.body.on('error', () => undefined);
    await once(answer.body, 'data');
    gates[0]!.open();
    await once(answer.body, 'data');
    leaving.abort();
    await upstream.lastRequest.aborted;
    gates[1]!.open();
    expect(upstream.tokensServed).toBe(2);
  });
});

describe('the fake upstream answers', () => {
  it('as it is asked to when nothing is scripted', async () => {
    expect(await (await post()).body.json()).toMatchObject({
      object: 'chat.completion',
      usage: USAGE,
    });
    const streamed = await post({ stream: true });
    expect(streamed.headers['content-type']).toBe('text/event-stream');
    expect(await streamed.body.text()).toMatch(/^data: .*"usage":.*\n\ndata: \[DONE\]\n\n$/s);
    const embeddings = await request(`${upstream.url}/embeddings`, { method: 'POST', body: '{}' });
    expect(await embeddings.body.json()).toMatchObject({ data: [{ embedding: [0.6, 0.8] }] });
  });

  it('first what was planned, then what is usual', async () => {
    upstream.script(status(418));
    upstream.next(rateLimited(7), json({ ok: true }, 201));
    const answers = [await post(), await post(), await post(), await post()];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([429, 201, 418, 418]);
    expect(answers[0]!.headers['retry-after']).toBe('7');
    upstream.script(asAsked);
    expect((await post()).statusCode).toBe(200);
  });

  it('when a gate is opened, and not before', async () => {
    const gate = upstream.gate();
    upstream.next(stream(chunkText('first'), gate, chunkText('last'), DONE));
    const { body } = await post({ stream: true });
    const pieces = body[Symbol.asyncIterator]();
    expect(String((await pieces.next()).value)).toBe(chunkText('first'));
    const second = pieces.next();
    // Long enough for anything under way to arrive: another request goes there and back.
    await (await request(`${upstream.url}/models`)).body.dump();
    expect(await Promise.race([second, Promise.resolve('nothing yet')])).toBe('nothing yet');
    gate.open();
    expect(String((await second).value)).toContain('last');
  });

  it.each(['gzip', 'deflate', 'br', 'zstd'] as const)('compressed by %s', async (encoding) => {
    upstream.next(compressed(encoding, 'text'));
    const answer = await fetch(`${upstream.url}/chat/completions`, { method: 'POST' });
    expect(answer.headers.get('content-encoding')).toBe(encoding);
    expect(await answer.text()).toBe('text');
  });

  it('with a byte in each piece', async () => {
    upstream.next(oneByteAtATime('data: ü\n\n'));
    // Node's own client: undici joins what has come before it is read.
    const [answer] = (await once(
      httpRequest(`${upstream.url}/x`, { method: 'POST' }).end(),
      'response',
    )) as [IncomingMessage];
    const sizes: number[] = [];
    answer.on('data', (piece: Buffer) => sizes.push(piece.length));
    await once(answer, 'end');
    expect(sizes).toEqual(Array.from({ length: 10 }, () => 1));
  });
});

describe('the fake upstream fails', () => {
  const whole = completionText('Hello');

  it.each<[string, Behaviour, string]>([
    ['by a reset before the answer', reset, 'ECONNRESET'],
    ['by a reset in the middle', resetAfter(chunkText('a')), 'ECONNRESET'],
    ['by closing in the middle', closeAfter(chunkText('a')), 'UND_ERR_SOCKET'],
    ['by sending less than it announced', cutShort(9), 'UND_ERR_SOCKET'],
    ['by speaking something else', notHttp, 'HTTPParserError'],
    ['by headers without end', endlessHeaders(), 'UND_ERR_HEADERS_OVERFLOW'],
  ])('%s', async (_name, behaviour, code) => {
    expect(await outcomeOf(behaviour)).toBe(code);
    expect(['cut', 'aborted']).toContain(await upstream.lastRequest.closed);
  });

  it.each<[string, Behaviour, string]>([
    ['JSON that stops', truncatedJson, whole.slice(0, whole.length / 2)],
    ['a line that stops', halfLine, 'data: {"id":"chatcmpl-1","cho'],
    ['an error called success', errorInside200('broken'), '{"error":{"message":"broken"'],
    ['an error in a stream', errorInsideStream('broken'), `"code":null}}\n\n${DONE}`],
    ['something after the end', garbageAfterDone('more'), `${USAGE_CHUNK}${DONE}more`],
    ['a page', htmlError(), '<title>502 Bad Gateway</title>'],
    ['a text that is no JSON', wrongContentType('hello'), 'hello'],
  ])('by answering with %s', async (_name, behaviour, part) => {
    expect(await outcomeOf(behaviour)).toContain(part);
    expect(await upstream.lastRequest.closed).toBe('finished');
  });

  it('by hanging in the middle', async () => {
    upstream.next(hangAfter(...chatPieces({ words: ['a'] }).slice(0, 1)));
    const leaving = new AbortController();
    const { body } = await post({ stream: true }, leaving.signal);
    body.on('error', () => undefined);
    const [piece] = (await once(body, 'data')) as [Buffer];
    expect(piece.toString()).toBe(chunkText('a'));
    leaving.abort();
    await upstream.lastRequest.aborted;
  });

  it('by headers that trickle, until the caller has had enough', async () => {
    upstream.next(endlessHeaders({ everyMs: 1 }));
    const leaving = new AbortController();
    const arrived = upstream.nextRequest();
    const answer = post({}, leaving.signal);
    await arrived;
    leaving.abort();
    await expect(answer).rejects.toThrow();
    await upstream.lastRequest.aborted;
  });

  it('by a body without end', async () => {
    upstream.next(endlessBody());
    const { body } = await post();
    let size = 0;
    for await (const piece of body) {
      size += (piece as Buffer).length;
      if (size > 10 * 2 ** 20) break;
    }
    await upstream.lastRequest.aborted;
  });

  it('by bytes after the answer', async () => {
    upstream.next(garbageAfterAnswer());
    const { port, hostname } = new URL(upstream.url);
    const socket = connect(Number(port), hostname);
    socket.write('POST /v1/x HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n');
    let received = '';
    for await (const piece of socket) {
      received += String(piece);
      if (received.includes('what: is this')) break;
    }
    expect(received).toContain(`${whole}HTTP/1.1 200 OK\r\nwhat: is this`);
  });

  it('by refusing connections, and comes back at the same address', async () => {
    const { url } = upstream;
    await upstream.refuse();
    await expect(post()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await upstream.accept();
    expect(upstream.url).toBe(url);
    const answer = await request(`${url}/chat/completions`, { method: 'POST', body: '{}' });
    expect(await textOf(answer.body)).toContain('chat.completion');
  });

  it('by closing connections that are idle', async () => {
    await (await post()).body.dump();
    expect(await upstream.connections()).toBe(1);
    const closed = once(client, 'disconnect');
    upstream.closeIdleConnections();
    await closed;
    expect((await post()).statusCode).toBe(200);
  });
});
