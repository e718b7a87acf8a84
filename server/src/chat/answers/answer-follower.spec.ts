import { once } from 'node:events';
import { createServer, get, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type FastifyReply } from 'fastify';
import { EventStream } from '../events/event-stream.js';
import { type MessageDto } from '../messages/messages.dto.js';
import { AnswerFollower, positionIn } from './answer-follower.js';
import { FollowedText } from './followed-text.js';

const NOTHING = { content: '', reasoning: '' };
const LONG = 20_000_000;

describe('who follows an answer', () => {
  const server = createServer();
  let stream: EventStream;
  let reader: IncomingMessage;
  let response: ServerResponse;

  beforeEach(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const asked = once(server, 'request') as Promise<[IncomingMessage, ServerResponse]>;
    const { port } = server.address() as AddressInfo;
    const answered = once(get({ port, host: '127.0.0.1' }), 'response');
    [, response] = await asked;
    const reply = { raw: response, getHeaders: () => ({}), hijack: () => undefined };
    stream = new EventStream(reply as unknown as FastifyReply);
    [reader] = (await answered) as [IncomingMessage];
  });

  afterEach(async () => {
    reader.destroy();
    server.close();
    await once(server, 'close');
  });

  const read = async () => {
    const chunks: Buffer[] = [];
    for await (const chunk of reader) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString();
  };
  const end = () => Promise.resolve({ id: 'a' } as MessageDto);
  const follow = (text: FollowedText, last?: string, ending = end) =>
    new AnswerFollower(text, stream, positionIn(last), ending);

  it('gets what is there, what comes, and the end', async () => {
    const text = new FollowedText({ content: 'one ', reasoning: 'Hm' });
    follow(text, '1.0');
    text.append({ content: 'two', reasoning: '' });
    text.end();
    expect(await read()).toBe(
      [
        'id: 4.2\nevent: piece\ndata: {"content":"ne ","reasoning":"Hm"}\n\n',
        'id: 7.2\nevent: piece\ndata: {"content":"two","reasoning":""}\n\n',
        'event: end\ndata: {"id":"a"}\n\n',
      ].join(''),
    );
  });

  it('makes no more than a little wait in memory while it does not read', async () => {
    const text = new FollowedText(NOTHING);
    follow(text);
    text.append({ content: 'x'.repeat(LONG), reasoning: '' });
    text.end();
    expect(response.writableLength).toBeLessThan(1_000_000);
    const all = await read();
    expect(all.match(/x/g)).toHaveLength(LONG);
    expect(all).toMatch(/event: end\ndata: .*\n\n$/);
  });

  it('gets the text anew where it has words that were lost', async () => {
    const text = new FollowedText({ content: 'one', reasoning: '' });
    follow(text, '9.0');
    text.append({ content: ' two', reasoning: '' });
    text.end();
    const said = await read();
    expect(said).toContain('id: 3.0\nevent: text\ndata: {"content":"one","reasoning":""}');
    expect(said).toContain('id: 7.0\nevent: piece\ndata: {"content":" two","reasoning":""}');
  });

  it('is to come again where the answer has not ended', async () => {
    const text = new FollowedText(NOTHING);
    follow(text, undefined, () => Promise.resolve(null as unknown as MessageDto));
    text.end();
    expect(await read()).toBe('');
  });
});

describe('where a reader is', () => {
  it.each([
    [undefined, 0, 0],
    ['', 0, 0],
    ['12.3', 12, 3],
    ['12', 0, 0],
    ['-1.5', 0, 0],
    ['1.2.3', 0, 0],
    ['99999999999.0', 0, 0],
  ])('by %j', (id, content, reasoning) => {
    expect(positionIn(id)).toEqual({ content, reasoning });
  });
});
