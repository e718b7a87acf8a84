import { describe, expect, it } from '@jest/globals';
import { type ModelEndpoint } from '../../models/index.js';
import { readChatRequest } from './chat-request.js';

const MESSAGES = '"messages":[{"role":"user","content":"hi"}]';
const bytesOf = (
  text: string,
  { model = 'm', limit = null, url = 'http://backend.test/v1' }: Partial<Changes> = {},
) => {
  const bytes = Buffer.from(text);
  const request = readChatRequest(JSON.parse(text), bytes);
  const endpoint = { upstreamModel: model, url } as ModelEndpoint;
  return { bytes, sent: request.toBackend(endpoint, limit).body as Buffer };
};
interface Changes {
  model: string;
  limit: number | null;
  url: string;
}

describe('the body for a backend', () => {
  it('sends the very same bytes when nothing differs', () => {
    const { bytes, sent } = bytesOf(`{ "seed": 9007199254740993, "model" : "m", ${MESSAGES} }`);
    expect(sent).toBe(bytes);
  });

  it('changes the name alone', () => {
    const text = `{ "seed": 9007199254740993, "model" : "m", ${MESSAGES} }`;
    expect(bytesOf(text, { model: 'real"name' }).sent.toString()).toBe(
      text.replace('"m"', '"real\\"name"'),
    );
  });

  it.each([
    ['{ ', '{"model":"real", '],
    ['{"model":null,', '{"model":"real",'],
    ['{"model": "" ,', '{"model": "real" ,'],
  ])('names the model where the caller did not: %s', (before, after) => {
    const text = `${before}${MESSAGES}}`;
    expect(bytesOf(text, { model: 'real' }).sent.toString()).toBe(`${after}${MESSAGES}}`);
  });

  it.each([
    ['', '"stream_options":{"include_usage":true},', ''],
    [',"stream_options":null', '', ',"stream_options":{"include_usage":true}'],
    [',"stream_options":{}', '', ',"stream_options":{"include_usage":true}'],
    [',"stream_options": { "x":1}', '', ',"stream_options": {"include_usage":true, "x":1}'],
    [
      ',"stream_options":{"include_usage" : false ,"x":1}',
      '',
      ',"stream_options":{"include_usage" : true ,"x":1}',
    ],
    [',"stream_options":{"include_usage":true}', '', ',"stream_options":{"include_usage":true}'],
    [
      ',"stream_options":{"include_usage":false,"include_usage":false}',
      '',
      ',"stream_options":{"include_usage":true,"include_usage":true}',
    ],
    [
      ',"stream_options":{"Include_Uſage":false}',
      '',
      ',"stream_options":{"include_usage":true,"Include_Uſage":true}',
    ],
  ])('asks a stream for its usage: %s', (options, atStart, atEnd) => {
    const text = `{"model":"m","stream":true,${MESSAGES}${options}}`;
    expect(bytesOf(text).sent.toString()).toBe(
      `{${atStart}"model":"m","stream":true,${MESSAGES}${atEnd}}`,
    );
  });

  it('asks no other request for it', () => {
    const { bytes, sent } = bytesOf(`{"model":"m","stream":false,${MESSAGES}}`);
    expect(sent).toBe(bytes);
  });

  it.each([
    ['', '"max_tokens":10,', ''],
    [',"max_tokens":500', '', ',"max_tokens":10'],
    [',"max_tokens":5', '', ',"max_tokens":5'],
    [',"max_tokens": 5e2 ', '', ',"max_tokens": 10 '],
    [',"max_completion_tokens":500', '', ',"max_completion_tokens":10'],
    [
      ',"max_tokens":500,"max_completion_tokens":7',
      '',
      ',"max_tokens":10,"max_completion_tokens":7',
    ],
    [',"max_tokens":null', '', ',"max_tokens":10'],
    [
      ',"max_tokens":null,"max_completion_tokens":7',
      '',
      ',"max_tokens":null,"max_completion_tokens":7',
    ],
  ])('sets the limit of 10 in %s', (limit, atStart, atEnd) => {
    const { sent } = bytesOf(`{"model":"m",${MESSAGES}${limit}}`, { limit: 10 });
    expect(sent.toString()).toBe(`{${atStart}"model":"m",${MESSAGES}${atEnd}}`);
  });

  it('names a new limit as the backend wants it', () => {
    const changes = { limit: 10, url: 'https://api.openai.com/v1' };
    expect(bytesOf(`{"model":"m",${MESSAGES}}`, changes).sent.toString()).toContain(
      '"max_completion_tokens":10',
    );
  });
});
