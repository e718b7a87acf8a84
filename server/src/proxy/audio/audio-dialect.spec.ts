import { describe, expect, it } from '@jest/globals';
import { AppError } from '../../infrastructure/errors/app-error.js';
import { AUDIO_DIALECT } from './audio-dialect.js';

const event = (data: unknown) =>
  `data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`;
const delta = (text: string) => event({ type: 'transcript.text.delta', delta: text });
const TOKENS = { type: 'tokens', input_tokens: 14, output_tokens: 45, total_tokens: 59 };
const SRT =
  '1\n00:00:00,000 --> 00:00:03,500\nHello there\n\n2\n00:00:03,500 --> 01:02:03,250\nyou\n';
const VTT =
  'WEBVTT\n\n00:00.000 --> 00:02.080\nHello\n\n00:02.080 --> 01:05.500 align:start\nthere\n';

describe('the dialect of audio', () => {
  it.each([
    ['a plain event', delta('Hi'), { kind: 'plain' }],
    ['an event that is no JSON', event('x'), { kind: 'plain' }],
    ['the end of other servers', event('[DONE]'), { kind: 'end', usage: null }],
    [
      'the last event with its tokens',
      event({ type: 'transcript.text.done', text: 'Hi', usage: TOKENS }),
      { kind: 'end', usage: { prompt_tokens: 14, completion_tokens: 45 } },
    ],
    [
      'the last event with a length',
      `event: transcript.text.done\n${event({ type: 'transcript.text.done', usage: { type: 'duration', seconds: 3 } })}`,
      { kind: 'end', usage: { audio_seconds: 3 } },
    ],
    ['the last event alone', event({ type: 'transcript.text.done' }), { kind: 'end', usage: null }],
    [
      'a report as in chats',
      event({ choices: [], usage: { prompt_tokens: 3, completion_tokens: 4 } }),
      { kind: 'usage', usage: { prompt_tokens: 3, completion_tokens: 4 }, isOnly: true },
    ],
    ['a failure', event({ error: { message: 'no' } }), { kind: 'failure' }],
    ['a failure by type', event({ type: 'error', error: {} }), { kind: 'failure' }],
    [
      'words that look like an end',
      delta('[DONE] transcript.text.done "error" "usage"'),
      { kind: 'plain' },
    ],
  ])('reads %s', (_case, text, expected) => {
    const said = AUDIO_DIALECT.read(text);
    expect(said).toMatchObject(expected);
    if (said.kind !== 'plain') expect(AUDIO_DIALECT.isSpecial(text)).toBe(true);
  });

  it.each([
    ['nothing', { text: 'Hi' }, null],
    ['tokens', { text: 'Hi', usage: TOKENS }, { prompt_tokens: 14, completion_tokens: 45 }],
    ['a length', { usage: { type: 'duration', seconds: 9 } }, { audio_seconds: 9 }],
    ['the length of a verbose answer', { duration: 8.47, segments: [] }, { audio_seconds: 8.47 }],
    [
      'both',
      { duration: 8.47, usage: TOKENS },
      { audio_seconds: 8.47, prompt_tokens: 14, completion_tokens: 45 },
    ],
    ['a report that is none', { usage: 'many', duration: undefined }, null],
  ])('finds %s in a whole answer', (_case, body, expected) => {
    if (expected === null) expect(AUDIO_DIALECT.usageIn(body)).toBeNull();
    else expect(AUDIO_DIALECT.usageIn(body)).toMatchObject(expected);
  });

  it.each([
    ['SRT', SRT, { last_word_seconds: 3723.25 }],
    ['VTT', VTT, { last_word_seconds: 65.5 }],
    ['plain text', 'At 00:00:01,000 he said -> nothing', null],
  ])('finds the last time in %s', (_case, text, expected) => {
    expect(AUDIO_DIALECT.usageOfText!(text)).toEqual(expected);
  });

  it.each([
    ['a delta each', delta('Hel') + delta('lo') + delta(' there'), 3],
    [
      'a text once, not by segments again',
      JSON.stringify({ text: 'a'.repeat(40), segments: [{ text: 'a'.repeat(40) }] }),
      10,
    ],
    ['words', 'b'.repeat(400), 100],
    ['subtitles without their times', SRT, 6],
    ['nothing', '', 0],
    [
      'the last event, which says it all again',
      event({ type: 'transcript.text.done', text: 'x'.repeat(400) }),
      0,
    ],
  ])('counts %s', (_case, text, tokens) => {
    expect(AUDIO_DIALECT.count(text)).toBe(tokens);
  });

  it('says why a stream ends early', () => {
    const error = new AppError('upstream_error', 'It broke.');
    expect(AUDIO_DIALECT.failure(error, true)).toMatch(/^data: \{"error":.*It broke\..*\}\n\n$/);
    const ending = AUDIO_DIALECT.lengthEnding(Buffer.from(delta('x')), 1, null).toString();
    expect(ending).toMatch(/"code":"budget_exceeded"/);
  });
});
