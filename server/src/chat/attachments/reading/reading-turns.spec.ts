import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { NoTurnError, ReadingTurns } from './reading-turns.js';

const LIMITS = { atOnce: 2, mostWaiting: 3, longestWaitMs: 60_000 };
const HERE = new AbortController().signal;

function workOf(turns: ReadingTurns, begun: string[]) {
  return (userId: string, signal = HERE) => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const taken = turns.take(userId, signal, () => {
      begun.push(userId);
      return promise;
    });
    taken.catch(() => undefined);
    return { taken, end: resolve, fail: reject };
  };
}

describe('turns', () => {
  it('come two at a time, and first to those who have none', async () => {
    const begun: string[] = [];
    const work = workOf(new ReadingTurns(LIMITS), begun);
    const [one, two] = [work('ada'), work('ada')];
    work('ada');
    const bob = work('bob');
    expect(begun).toEqual(['ada', 'ada']);
    one.end();
    await one.taken;
    await nextTurn();
    expect(begun).toEqual(['ada', 'ada', 'bob']);
    bob.fail(new Error('broken'));
    await expect(bob.taken).rejects.toThrow('broken');
    await nextTurn();
    expect(begun).toEqual(['ada', 'ada', 'bob', 'ada']);
    two.end();
  });

  it('do not come when too many wait', async () => {
    const work = workOf(new ReadingTurns(LIMITS), []);
    for (let count = 0; count < 5; count += 1) work('ada');
    await expect(work('bob').taken).rejects.toThrow(NoTurnError);
  });

  it('do not come when the wait is too long', async () => {
    const work = workOf(new ReadingTurns({ ...LIMITS, longestWaitMs: 1 }), []);
    work('ada');
    work('ada');
    await expect(work('bob').taken).rejects.toThrow(NoTurnError);
  });

  it('are given up by those who leave, and go to others', async () => {
    const begun: string[] = [];
    const work = workOf(new ReadingTurns({ ...LIMITS, atOnce: 1 }), begun);
    const left = new AbortController();
    const first = work('ada');
    const gone = work('bob', left.signal);
    const next = work('carl');
    left.abort(new Error('left'));
    await expect(gone.taken).rejects.toThrow('left');
    first.end();
    await first.taken;
    await nextTurn();
    expect(begun).toEqual(['ada', 'carl']);
    next.end();
    await next.taken;
    await expect(work('ada', left.signal).taken).rejects.toThrow('left');
  });
});
