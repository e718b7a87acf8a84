import { describe, expect, it } from '@jest/globals';
import { answerHead, beginsEvents, oneOf } from './answer-head.js';

describe('the head of an answer', () => {
  it.each([
    ['application/json', 'application/json', false],
    ['Text/Event-Stream; charset=utf-8', 'text/event-stream; charset=utf-8', true],
    ['text/event-streams', 'text/event-streams', false],
    ['application/json; x=\u00ff', 'application/json', false],
    [`text/plain; x=${'y'.repeat(300)}`, 'text/plain', false],
    ['what?', undefined, false],
    ['', undefined, false],
    [undefined, undefined, false],
  ])('says %j as %j', (type, contentType, isStream) => {
    const headers = type === undefined ? {} : { 'content-type': type };
    expect(answerHead(headers)).toMatchObject({ contentType, isStream });
  });

  it.each([
    ['gzip', 'gzip'],
    ['BR', 'br'],
    ['identity', undefined],
    ['', undefined],
    ['gz\u00ffip', undefined],
  ])('takes %j for the encoding %j', (encoding, expected) => {
    expect(answerHead({ 'content-encoding': encoding }).encoding).toBe(expected);
  });

  it('takes the first of what is said twice', () => {
    const twice = ['text/event-stream', 'text/html'] as unknown as string;
    expect(answerHead({ 'content-type': twice }).isStream).toBe(true);
    expect([oneOf([' a', 'b']), oneOf([]), oneOf(undefined)]).toEqual(['a', undefined, undefined]);
  });
});

describe('the beginning of an event stream', () => {
  it.each(['data: {"a":1}', 'data:x', ': ping\n\n', 'event: a\ndata: b', '\uFEFFdata: x', 'id: 1'])(
    'is %j',
    (text) => expect(beginsEvents(Buffer.from(text))).toBe(true),
  );

  it.each(['{"data":1}', '', 'date: x', 'error: down', '<html>', ' data: x'])('is not %j', (text) =>
    expect(beginsEvents(Buffer.from(text))).toBe(false),
  );
});
