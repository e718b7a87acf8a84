import { describe, expect, it } from '@jest/globals';
import { readChatRequest } from './completion-request.js';
import { type BodyChanges, upstreamBody } from './upstream-body.js';

const MESSAGES = '"messages":[{"role":"user","content":"hi"}]';
const SAME: BodyChanges = { model: 'm', outputLimit: null, limitField: 'max_tokens' };
const bytesOf = (text: string, changes: Partial<BodyChanges> = {}) => {
  const request = readChatRequest(JSON.parse(text), Buffer.from(text));
  return { request, sent: upstreamBody(request, { ...SAME, ...changes }) };
};

describe('upstreamBody', () => {
  it('sends the very same bytes when nothing differs', () => {
    const { request, sent } = bytesOf(`{ "seed": 9007199254740993, "model" : "m", ${MESSAGES} }`);
    expect(sent).toBe(request.bytes);
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
  ])('asks a stream for its usage: %s', (options, atStart, atEnd) => {
    const text = `{"model":"m","stream":true,${MESSAGES}${options}}`;
    expect(bytesOf(text).sent.toString()).toBe(
      `{${atStart}"model":"m","stream":true,${MESSAGES}${atEnd}}`,
    );
  });

  it('asks no other request for it', () => {
    const { request, sent } = bytesOf(`{"model":"m","stream":false,${MESSAGES}}`);
    expect(sent).toBe(request.bytes);
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
    const { sent } = bytesOf(`{"model":"m",${MESSAGES}${limit}}`, { outputLimit: 10 });
    expect(sent.toString()).toBe(`{${atStart}"model":"m",${MESSAGES}${atEnd}}`);
  });

  it('names a new limit as the backend wants it', () => {
    const changes = { outputLimit: 10, limitField: 'max_completion_tokens' };
    expect(bytesOf(`{"model":"m",${MESSAGES}}`, changes).sent.toString()).toContain(
      '"max_completion_tokens":10',
    );
  });
});
