import { once } from 'node:events';
import { type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import OpenAI, { BadRequestError, NotFoundError } from 'openai';
import { createEchoModel } from './server.ts';

const messages = [{ role: 'user' as const, content: 'Hello you' }];
/** A tool that says it rains, and keeps the cities it was asked about. */
const weather = (cities: string[]) => ({
  type: 'function' as const,
  function: {
    name: 'get_weather',
    description: 'The weather in a city',
    parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
    parse: (text: string) => JSON.parse(text) as { city: string },
    function: ({ city }: { city: string }) => {
      cities.push(city);
      return 'It rains';
    },
  },
});

describe('the openai SDK with the echo model', () => {
  let server: Server;
  let client: OpenAI;

  beforeAll(async () => {
    server = createEchoModel({ delayMs: 0 }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    client = new OpenAI({ baseURL: `http://127.0.0.1:${port}/v1`, apiKey: 'any', maxRetries: 0 });
  });

  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });

  it('lists and finds the model', async () => {
    expect((await client.models.list()).data).toMatchObject([{ id: 'dummy', object: 'model' }]);
    expect(await client.models.retrieve('dummy')).toMatchObject({ id: 'dummy' });
    await expect(client.models.retrieve('other')).rejects.toThrow(NotFoundError);
  });

  it('chats, whole and streamed, with the same words and usage', async () => {
    const whole = await client.chat.completions.create({ model: 'dummy', messages });
    const stream = client.chat.completions.stream({
      model: 'dummy',
      messages,
      stream_options: { include_usage: true },
    });
    const streamed = await stream.finalChatCompletion();
    expect(whole.choices[0]!.message.content).toMatch(/^> Hello you\n/);
    expect(streamed.choices[0]!.message.content).toBe(whole.choices[0]!.message.content);
    expect(streamed.choices[0]!.finish_reason).toBe('stop');
    expect(streamed.usage).toEqual(whole.usage);
  });

  it('goes round a loop of tools: a call, its result, the answer', async () => {
    const cities: string[] = [];
    const runner = client.chat.completions.runTools({
      model: 'dummy',
      messages: [{ role: 'user', content: 'get_weather for Bonn' }],
      stream: true,
      tools: [weather(cities)],
    });
    expect(await runner.finalContent()).toMatch(/^The tool answered:\n\n> It rains\n/);
    expect(cities).toEqual(['get_weather for Bonn']);
  });

  it('sees images acknowledged', async () => {
    const image = {
      type: 'image_url' as const,
      image_url: { url: 'data:image/png;base64,iVBORw0KGgo=' },
    };
    const content = [{ type: 'text' as const, text: 'Look' }, image, image];
    const answer = await client.chat.completions.create({
      model: 'dummy',
      messages: [{ role: 'user', content }],
    });
    expect(answer.choices[0]!.message.content).toContain('I can see 2 images.');
  });

  it('completes, streamed too', async () => {
    const whole = await client.completions.create({ model: 'm', prompt: 'Hi', max_tokens: 3 });
    let text = '';
    const stream = await client.completions.create({
      model: 'm',
      prompt: 'Hi',
      max_tokens: 3,
      stream: true,
    });
    for await (const chunk of stream) text += chunk.choices[0]?.text ?? '';
    expect(text).toBe(whole.choices[0]!.text);
    expect(whole.choices[0]!.finish_reason).toBe('length');
  });

  it('gets embeddings, which it asks for as base64 by itself', async () => {
    const { data } = await client.embeddings.create({
      model: 'm',
      input: ['one', 'two'],
      dimensions: 8,
    });
    for (const { embedding } of data) {
      expect(embedding).toHaveLength(8);
      expect(Math.hypot(...embedding)).toBeCloseTo(1, 5);
    }
  });

  it('gets typed errors', async () => {
    const refused = client.chat.completions.create({ model: 'm', messages: [] });
    await expect(refused).rejects.toThrow(BadRequestError);
    await expect(refused).rejects.toMatchObject({ param: 'messages' });
  });
});
