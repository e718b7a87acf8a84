import { describe, expect, it } from '@jest/globals';
import { decideRetry, type RetryDecision, type RetrySituation } from './retry-decision.js';

const usual: RetrySituation = {
  fault: 'broken',
  attempts: 1,
  retries: { attempts: 2, backoffMs: 100 },
  hasUntried: false,
  readyInMs: 0,
  leftMs: 10_000,
};
const END: RetryDecision = { kind: 'give_up', canFallBack: false };
const END_HERE: RetryDecision = { kind: 'give_up', canFallBack: true };
const OVER: RetryDecision = { kind: 'fail_over' };
const after = (afterMs: number): RetryDecision => ({ kind: 'repeat', afterMs });

describe('what is done after a failed attempt', () => {
  it.each<[string, Partial<RetrySituation>, RetryDecision]>([
    ['the caller’s fault', { fault: 'callers' }, END],
    ['the caller’s fault, others left', { fault: 'callers', hasUntried: true }, END],
    ['no time left', { fault: 'over', hasUntried: true }, END],
    ['broken, another endpoint left', { hasUntried: true }, OVER],
    ['busy, another endpoint left', { fault: 'busy', hasUntried: true }, OVER],
    ['a wrong key, another endpoint left', { fault: 'endpoints', hasUntried: true }, OVER],
    ['a wrong key, none left', { fault: 'endpoints', readyInMs: null }, END_HERE],
    ['broken for the first time', {}, after(100)],
    ['broken for the second time', { attempts: 2 }, after(200)],
    ['broken for the last time', { attempts: 3 }, END_HERE],
    ['broken for the last time, others left', { attempts: 3, hasUntried: true }, END_HERE],
    ['nothing is tried again', { retries: { attempts: 0, backoffMs: 100 } }, END_HERE],
    ['no back-off', { retries: { attempts: 1, backoffMs: 0 } }, after(0)],
    ['busy for longer than the back-off', { fault: 'busy', readyInMs: 1_500 }, after(1_500)],
    ['busy for less', { fault: 'busy', readyInMs: 50 }, after(100)],
    ['busy for too long', { fault: 'busy', readyInMs: null }, END_HERE],
    ['no time to wait', { leftMs: 100 }, END_HERE],
    ['just time enough', { leftMs: 101 }, after(100)],
    ['no time to wait, another left', { leftMs: 1, hasUntried: true }, OVER],
  ])('%s', (_what, situation, decision) => {
    expect(decideRetry({ ...usual, ...situation })).toEqual(decision);
  });
});
