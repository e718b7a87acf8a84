import { describe, expect, it } from '@jest/globals';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { type CatalogueService } from '../../models/index.js';
import { type ProxyService } from '../../proxy/index.js';
import { TemporaryChatController } from './temporary-chat.controller.js';

const URLS: Record<string, string> = {
  openai: 'https://api.openai.com/v1',
  vllm: 'http://10.0.0.1:8000/v1',
};
const MESSAGES = [{ role: 'user', content: 'Why?' }];

/** What the pipeline is given of what a page sends. */
async function passedOn(body: unknown): Promise<{ body: unknown; bytes: string }> {
  const find = (name: string) => URLS[name] && { endpoints: [{ url: URLS[name] }] };
  const seen: FastifyRequest[] = [];
  const answer = (_operation: unknown, _source: unknown, request: FastifyRequest) => {
    seen.push(request);
    return Promise.resolve();
  };
  const controller = new TemporaryChatController(
    { answer } as unknown as ProxyService,
    { find } as unknown as CatalogueService,
  );
  const rawBody = Buffer.from(JSON.stringify(body));
  await controller.complete({ body, rawBody } as FastifyRequest, {} as FastifyReply);
  return { body: seen[0]!.body, bytes: seen[0]!.rawBody!.toString() };
}

describe('a question of a temporary chat', () => {
  it('has its limit by the name that the backend takes', async () => {
    const sent = { model: 'openai', messages: MESSAGES, max_tokens: 100, stream: true };
    const { max_tokens: limit, ...rest } = sent;
    const { body, bytes } = await passedOn(sent);
    expect(body).toEqual({ ...rest, max_completion_tokens: limit });
    expect(JSON.parse(bytes)).toEqual(body);
  });

  it.each([
    [{ model: 'vllm', messages: MESSAGES, max_tokens: 100 }],
    [{ model: 'openai', messages: MESSAGES }],
    [{ model: 'openai', messages: MESSAGES, max_tokens: 'many' }],
    [{ model: 'openai', messages: MESSAGES, max_tokens: 1, max_completion_tokens: 2 }],
    [{ model: 'unknown', messages: MESSAGES, max_tokens: 100 }],
    [{ messages: MESSAGES, max_tokens: 100 }],
    [['a list']],
    [null],
  ])('is otherwise left as it came: %j', async (sent) => {
    const { body, bytes } = await passedOn(sent);
    expect(body).toEqual(sent);
    expect(bytes).toBe(JSON.stringify(sent));
  });
});
