import { once } from 'node:events';
import { type Server, request } from 'node:http';
import { type AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createEchoModel } from './server.ts';

let server: Server;
let url: string;

async function start(delayMs: number): Promise<void> {
  server = createEchoModel({ delayMs }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
}

async function stop(): Promise<void> {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
}

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${url}/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

const connections = () =>
  new Promise<number>((resolve) => server.getConnections((_error, count) => resolve(count)));

const messages = [{ role: 'user', content: 'Hello you' }];

describe('the echo model', () => {
  beforeEach(() => start(0));
  afterEach(stop);

  it('lists itself as dummy', async () => {
    const { data } = (await (await fetch(`${url}/models`)).json()) as { data: { id: string }[] };
    expect(data.map(({ id }) => id)).toEqual(['dummy']);
    expect(await (await fetch(`${url}/models/dummy`)).json()).toMatchObject({ id: 'dummy' });
  });

  it('answers a chat', async () => {
    const response = await post(
      'chat/completions',
      { model: 'm', messages },
      { 'x-request-id': 'r1' },
    );
    expect(response.headers.get('x-request-id')).toBe('r1');
    expect(await response.json()).toMatchObject({
      object: 'chat.completion',
      model: 'm',
      choices: [{ index: 0, message: { role: 'assistant' }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 2 },
    });
  });

  it('streams a chat: chunks, the usage, and [DONE]', async () => {
    const response = await post('chat/completions', { model: 'm', messages, stream: true, n: 2 });
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    const events = (await response.text()).trimEnd().split('\n\n');
    expect(events.at(-1)).toBe('data: [DONE]');
    const chunks = events
      .slice(0, -1)
      .map((event) => JSON.parse(event.slice('data: '.length)) as object);
    expect(chunks.at(-1)).toMatchObject({ model: 'm', choices: [], usage: { prompt_tokens: 2 } });
    for (const chunk of chunks) expect(chunk).toMatchObject({ object: 'chat.completion.chunk' });
    const indexes = chunks
      .slice(0, 4)
      .map((chunk) => (chunk as { choices: { index: number }[] }).choices[0]!.index);
    expect(indexes).toEqual([0, 1, 0, 1]);
  });

  it('completes a prompt, and a prompt of tokens', async () => {
    const whole = (await (await post('completions', { prompt: ['Hi', [7, 8]], n: 2 })).json()) as {
      choices: { text: string; index: number }[];
      usage: object;
    };
    expect(whole.choices.map(({ index }) => index)).toEqual([0, 1, 2, 3]);
    expect(whole.choices.map(({ text }) => text.split('\n', 1)[0])).toEqual([
      '> Hi',
      '> Hi',
      '> 7 8',
      '> 7 8',
    ]);
    expect(whole).toMatchObject({ object: 'text_completion', usage: { prompt_tokens: 2 } });
  });

  it('streams a completion', async () => {
    const body = { prompt: 'Hi', stream: true, max_tokens: 3, echo: true };
    const events = (await (await post('completions', body)).text()).trimEnd().split('\n\n');
    expect(events.pop()).toBe('data: [DONE]');
    const chunks = events.map(
      (event) =>
        JSON.parse(event.slice('data: '.length)) as {
          choices: { text: string; finish_reason: string | null }[];
          usage?: { completion_tokens: number };
        },
    );
    expect(chunks.map(({ choices }) => choices[0]?.text ?? '').join('')).toBe('Hi> Hi\n\nI am t');
    expect(chunks.at(-2)!.choices[0]!.finish_reason).toBe('length');
    expect(chunks.at(-1)!.usage).toMatchObject({ completion_tokens: 3 });
  });

  it('embeds', async () => {
    const response = await post('embeddings', { input: 'Hello', dimensions: 3 });
    expect(await response.json()).toMatchObject({ object: 'list', data: [{ index: 0 }] });
  });

  it.each<[string, string, string, number]>([
    ['malformed JSON', 'chat/completions', '{"model":', 400],
    ['no JSON object', 'chat/completions', '[]', 400],
    ['an empty body', 'completions', '', 400],
    ['no messages', 'chat/completions', '{}', 400],
    ['no prompt', 'completions', '{}', 400],
    ['no input', 'embeddings', '{"input":null}', 400],
    ['an unknown address', 'nothing', '{}', 404],
    ['an address that is no list’s own', '__proto__', '{}', 404],
    ['a wrong method', 'models', '{}', 405],
  ])('refuses %s in OpenAI’s envelope', async (_name, path, body, status) => {
    const response = await post(path, body);
    expect(response.status).toBe(status);
    const answer = (await response.json()) as { error: object };
    expect(Object.keys(answer.error)).toEqual(['message', 'type', 'param', 'code']);
    expect(answer.error).toMatchObject({ type: 'invalid_request_error' });
  });

  it.each([
    ['announced', { 'content-length': 21 * 2 ** 20 }],
    ['not announced', { 'transfer-encoding': 'chunked' }],
  ])('refuses a body over the limit, %s', async (_name, headers) => {
    const sending = request(`${url}/embeddings`, { method: 'POST', headers });
    // The server closes while the rest is still on its way.
    sending.on('error', () => undefined);
    for (let sent = 0; sent < 21; sent += 1) sending.write(Buffer.alloc(2 ** 20, ' '));
    const [response] = (await once(sending, 'response')) as [{ statusCode: number }];
    expect(response.statusCode).toBe(413);
    sending.destroy();
  });
});

describe('the echo model’s pace', () => {
  afterEach(stop);

  it('is a pause between words', async () => {
    await start(15);
    const body = { messages, stream: true, max_tokens: 10 };
    const began = performance.now();
    const text = await (await post('chat/completions', body)).text();
    const words = text.split('"content":"').length - 2;
    expect(words).toBeGreaterThan(5);
    expect(performance.now() - began).toBeGreaterThan((words - 1) * 14);
  });

  it('lets the first word come at once, and ends when the caller leaves', async () => {
    await start(60_000);
    const caller = new AbortController();
    const response = await fetch(`${url}/chat/completions`, {
      method: 'POST',
      body: JSON.stringify({ messages, stream: true }),
      signal: caller.signal,
    });
    let text = '';
    for await (const bytes of response.body!.pipeThrough(new TextDecoderStream())) {
      text += bytes;
      if (text.includes('"content":">"')) break;
    }
    caller.abort();
    // An idle connection of the pool may stay; the one of the answer may not.
    const deadline = performance.now() + 5_000;
    while ((await connections()) > 0 && performance.now() < deadline) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await connections()).toBe(0);
  });
});
