import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import OpenAI, { AuthenticationError, NotFoundError } from 'openai';
import { EchoModel } from '../support/echo-model.js';
import { LumenServer } from '../support/lumen/lumen-server.js';

const EXAMPLE = fileURLToPath(new URL('../../config.yaml.example', import.meta.url));
const MESSAGES = [{ role: 'user' as const, content: 'Please add 2 and 3' }];

/** The configuration that `npm start` writes, beside the echo model's port. */
async function developmentConfiguration(echoUrl: string): Promise<string> {
  const example = await readFile(EXAMPLE, 'utf8');
  return example
    .replace('change-me-to-something-random', 'r'.repeat(48))
    .replace('change-me-to-something-different', 'd'.repeat(48))
    .replace('http://localhost:9999/v1', echoUrl);
}

describe('what the README promises for the first five minutes', () => {
  const running = new AsyncDisposableStack();
  let server: LumenServer;
  let client: OpenAI;

  beforeAll(async () => {
    const echo = running.use(await EchoModel.start());
    server = running.use(await LumenServer.prepare());
    await server.configure(await developmentConfiguration(echo.url));
    await server.launch();
    const apiKey = await server.createKey('dev@example.com', 't');
    client = new OpenAI({ baseURL: `${server.url}/v1`, apiKey, maxRetries: 0 });
  });

  afterAll(() => running.disposeAsync());

  it('lists the echo model', async () => {
    const { data } = await client.models.list();
    expect(data.map(({ id }) => id)).toContain('dummy');
  });

  it('chats with it', async () => {
    const answer = await client.chat.completions.create({ model: 'dummy', messages: MESSAGES });
    expect(answer.choices[0]?.message.content).toContain('> Please add 2 and 3');
    expect(answer.usage?.total_tokens).toBeGreaterThan(0);
  });

  it('streams from it, word by word', async () => {
    const stream = await client.chat.completions.create({
      model: 'dummy',
      messages: MESSAGES,
      stream: true,
    });
    const pieces: string[] = [];
    for await (const chunk of stream) pieces.push(chunk.choices[0]?.delta.content ?? '');
    expect(pieces.length).toBeGreaterThan(10);
    expect(pieces.join('')).toContain('> Please add 2 and 3');
  });

  it('lets it call a tool', async () => {
    const add = {
      name: 'add',
      parameters: {
        type: 'object',
        properties: { a: { type: 'number' }, b: { type: 'number' } },
        required: ['a', 'b'],
      },
    };
    const answer = await client.chat.completions.create({
      model: 'dummy',
      messages: MESSAGES,
      tools: [{ type: 'function', function: add }],
    });
    const [call] = answer.choices[0]?.message.tool_calls ?? [];
    expect(answer.choices[0]?.finish_reason).toBe('tool_calls');
    expect(call?.type === 'function' && call.function.name).toBe('add');
    expect(call?.type === 'function' && JSON.parse(call.function.arguments)).toEqual({
      a: expect.any(Number) as unknown,
      b: expect.any(Number) as unknown,
    });
  });

  it('answers a bad key and a bad model with errors of their type', async () => {
    const stranger = client.withOptions({ apiKey: `sk_${'x'.repeat(43)}` });
    await expect(stranger.models.list()).rejects.toThrow(AuthenticationError);
    const unknown = client.chat.completions.create({ model: 'gpt-0', messages: MESSAGES });
    await expect(unknown).rejects.toThrow(NotFoundError);
  });
});
