import { describe, expect, it } from '@jest/globals';
import { type AnswerFailure } from '../../proxy/index.js';
import { isToGoOn, LOST, outcomeOf, RESUMED } from './answer-outcome.js';

const SOME = { content: 'Hello', reasoning: '' };
const NOTHING = { content: '', reasoning: '' };
const NORMAL = { stopReason: null, finishReason: 'stop' };
const broke = (code: AnswerFailure['code']): AnswerFailure => ({ code, message: 'x'.repeat(2000) });

describe('how an answer ended', () => {
  it.each([
    ['whole', NORMAL, null, SOME, 'complete', 'stop', null],
    [
      'cut by its limit',
      { ...NORMAL, finishReason: 'length' },
      null,
      SOME,
      'complete',
      'length',
      null,
    ],
    [
      'too long to keep',
      { ...NORMAL, stopReason: 'too_long' },
      null,
      SOME,
      'complete',
      'length',
      null,
    ],
    ['by the person', { ...NORMAL, stopReason: 'person' }, null, SOME, 'stopped', null, null],
    [
      'by the person, at once',
      { ...NORMAL, stopReason: 'person' },
      null,
      NOTHING,
      'stopped',
      null,
      null,
    ],
    [
      'with a failure',
      NORMAL,
      broke('upstream_error'),
      SOME,
      'interrupted',
      null,
      'upstream_error',
    ],
    [
      'before it began',
      NORMAL,
      broke('budget_exceeded'),
      NOTHING,
      'failed',
      null,
      'budget_exceeded',
    ],
    ['without a word', NORMAL, null, NOTHING, 'failed', null, 'upstream_error'],
    ['only thought', NORMAL, null, { content: '', reasoning: 'Hm' }, 'complete', 'stop', null],
    [
      'by a restart',
      NORMAL,
      broke('shutting_down'),
      SOME,
      'interrupted',
      undefined,
      'replica_lost',
    ],
    [
      'by a restart, at once',
      { ...NORMAL, stopReason: 'restart' },
      null,
      NOTHING,
      'interrupted',
      undefined,
      'replica_lost',
    ],
  ] as const)('%s', (_how, draft, failure, text, state, finishReason, errorCode) => {
    const outcome = outcomeOf(draft, failure, text);
    expect(outcome).toMatchObject({ state, errorCode });
    expect(outcome.finishReason).toBe(finishReason);
    expect(outcome.errorMessage?.length ?? 0).toBeLessThanOrEqual(1000);
  });

  it('goes on by itself after a restart, but once', () => {
    const lost = { ...LOST, finishReason: null };
    expect(isToGoOn(lost)).toBe(true);
    expect(isToGoOn({ ...lost, finishReason: RESUMED })).toBe(false);
    expect(isToGoOn({ ...lost, errorCode: 'upstream_error' })).toBe(false);
    expect(isToGoOn({ ...lost, state: 'writing' })).toBe(false);
  });
});
