import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { LingeringAnswers } from './lingering-answers.js';

describe('answers that linger', () => {
  let nowMs = 0;
  beforeEach(() => {
    nowMs = 0;
    jest.useFakeTimers();
  });
  afterEach(() => void jest.useRealTimers());

  function pass(ms: number): void {
    for (let passed = 0; passed < ms; passed += 500) {
      nowMs += 500;
      jest.advanceTimersByTime(500);
    }
  }

  it('are cut off when they do not end, and only those', () => {
    const lingering = new LingeringAnswers(() => nowMs);
    const cut: string[] = [];
    const answer = (name: string) => ({ cutOff: () => void cut.push(name) });
    const [ending, hanging, later] = ['ending', 'hanging', 'later'].map(answer);
    const place = lingering.add(ending!);
    lingering.add(hanging!);
    pass(1_000);
    lingering.add(later!);
    lingering.forget(place);
    pass(1_000);
    expect(cut).toEqual(['hanging']);
    pass(1_000);
    expect(cut).toEqual(['hanging', 'later']);
  });

  it('are looked at only while there are any', () => {
    const lingering = new LingeringAnswers(() => nowMs);
    lingering.add({ cutOff: () => undefined });
    pass(3_000);
    expect(jest.getTimerCount()).toBe(0);
    lingering.add({ cutOff: () => undefined });
    expect(jest.getTimerCount()).toBe(1);
  });
});
