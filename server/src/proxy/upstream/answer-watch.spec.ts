import { describe, expect, it } from '@jest/globals';
import { AnswerWatch } from './answer-watch.js';

const LIMITS = { connectS: 1, firstTokenS: 2, idleS: 1, totalS: 10 };

function setUp() {
  const watch = new AnswerWatch(LIMITS, 10_000);
  const look = (ms: number, isPaused = false) => watch.look(ms, isPaused)?.message ?? null;
  const move = () => {
    watch.hasAnswered = true;
    watch.hasMoved = true;
  };
  return { look, move };
}

describe('the watch over an answer', () => {
  it('waits for the first byte, from the first look', () => {
    const { look } = setUp();
    expect([look(240), look(2_239), look(2_240)]).toEqual([null, null, 'first_token limit of 2 s']);
  });

  it('waits less for the next', () => {
    const { look, move } = setUp();
    look(0);
    move();
    expect([look(1_900), look(2_899), look(2_900)]).toEqual([null, null, 'idle limit of 1 s']);
  });

  it('is content with any movement', () => {
    const { look, move } = setUp();
    for (let ms = 0; ms < 9_900; ms += 900) {
      move();
      expect(look(ms)).toBeNull();
    }
  });

  it('does not count the time in which the caller is waited for', () => {
    const { look, move } = setUp();
    move();
    look(0);
    expect([look(5_000, true), look(5_999), look(6_000)]).toEqual([
      null,
      null,
      'idle limit of 1 s',
    ]);
  });

  it.each([true, false])('ends everything when the whole time is over (paused: %s)', (isPaused) => {
    const { look, move } = setUp();
    look(9_900);
    move();
    expect([look(9_999, isPaused), look(10_000, isPaused)]).toEqual([null, 'total limit of 10 s']);
  });
});
