import { describe, expect, it } from '@jest/globals';
import { readPing, textOfEvent, wantsOtherLimit } from './ping-answer.js';

const JSON_TYPE = 'application/json; charset=utf-8';
const EVENTS = 'text/event-stream';

function answer(status: number, type: string, body: string) {
  return { status, headers: { 'content-type': type }, body: Buffer.from(body) };
}

const completion = (content: unknown) => JSON.stringify({ choices: [{ message: { content } }] });
const chunk = (content: unknown) =>
  `data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`;

describe('a plain ping', () => {
  it.each([
    [completion('Pong!'), 'Pong!'],
    [completion(null), ''],
    [completion([{ type: 'text' }]), ''],
    ['{"choices":[]}', ''],
    ['{"choices":[null]}', ''],
  ])('works with %s', (body, sample) => {
    expect(readPing(answer(200, JSON_TYPE, body), false)).toEqual({ ok: true, sample });
  });

  it.each([
    [401, JSON_TYPE, '{"error":{"message":"Incorrect API key"}}', 'Incorrect API key'],
    [404, JSON_TYPE, '{"error":"model not found"}', 'model not found'],
    [422, JSON_TYPE, '{"detail":"no such field"}', 'no such field'],
    [500, 'text/html', '<h1>Oops</h1>', 'status 500'],
    [204, '', '', 'status 204'],
    [302, 'text/html', '{"error":{"message":"x"}}', 'redirect'],
    [200, 'text/html', '<html>', 'not JSON but text/html'],
    [200, '', '', 'no content type'],
    [200, JSON_TYPE, '{"choices":[{"mess', 'not JSON'],
    [200, JSON_TYPE, '{"error":{"message":"no credit"}}', 'no credit'],
    [200, JSON_TYPE, '{"choices":{}}', 'no chat completion'],
    [200, JSON_TYPE, 'null', 'no chat completion'],
    [200, JSON_TYPE, '[]', 'no chat completion'],
    [200, JSON_TYPE, '"hi"', 'no chat completion'],
    [200, EVENTS, chunk('Pong'), 'not JSON'],
  ])('fails with %d %s %s', (status, type, body, error) => {
    expect(readPing(answer(status, type, body), false)).toEqual({
      ok: false,
      error: expect.stringContaining(error) as unknown,
    });
  });
});

describe('a streamed ping', () => {
  it.each([
    [`${chunk('Po')}${chunk('ng')}data: [DONE]\n\n`, 'Pong'],
    [`: hello\r\n${chunk('Po').replaceAll('\n', '\r\n')}data:[DONE]\n`, 'Po'],
    [`${chunk(null)}data: {"choices":[],"usage":{}}\n\n`, ''],
  ])('works with %j', (body, sample) => {
    expect(readPing(answer(200, EVENTS, body), true)).toEqual({ ok: true, sample });
  });

  it.each([
    [200, JSON_TYPE, completion('Pong'), 'without streaming'],
    [200, EVENTS, '', 'no chunk'],
    [200, EVENTS, 'data: [DONE]\n\n', 'no chunk'],
    [200, EVENTS, 'data: garbage\n\ndata: {"a":1}\n\n', 'no chunk'],
    [200, EVENTS, `${chunk('Po')}data: {"error":{"message":"out of memory"}}\n\n`, 'out of memory'],
    [401, JSON_TYPE, '{"error":{"message":"Incorrect API key"}}', 'Incorrect API key'],
  ])('fails with %d %s %j', (status, type, body, error) => {
    expect(readPing(answer(status, type, body), true)).toEqual({
      ok: false,
      error: expect.stringContaining(error) as unknown,
    });
  });

  it.each([
    [' {"choices":[{"delta":{"content":"a"}}]}', 'a'],
    ['{"choices":[{"delta":{}}]}', ''],
    ['{"choices":[]}', ''],
    ['[DONE]', null],
    ['{}', null],
    ['', null],
  ])('finds in the event %j the text %j', (line, text) => {
    expect(textOfEvent(line)).toBe(text);
  });
});

describe('wantsOtherLimit', () => {
  it.each([
    [400, "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.", true],
    [400, 'no such model', false],
    [200, 'max_completion_tokens', false],
  ])('of %d %j is %s', (status, body, wanted) => {
    expect(wantsOtherLimit(answer(status, JSON_TYPE, body))).toBe(wanted);
  });
});
