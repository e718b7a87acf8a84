import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { onStopSignals } from './stop-signal.js';

describe('a signal to stop', () => {
  const heard: string[] = [];
  let source: EventEmitter;

  beforeEach(() => {
    jest.useFakeTimers();
    heard.length = 0;
    source = new EventEmitter();
    onStopSignals({ first: () => heard.push('first'), again: () => heard.push('again') }, source);
  });

  afterEach(() => void jest.useRealTimers());

  it('that comes twice in one moment is one', () => {
    source.emit('SIGTERM');
    jest.advanceTimersByTime(399);
    source.emit('SIGTERM');
    expect(heard).toEqual(['first']);
  });

  it('that comes once more later does not want to wait', () => {
    source.emit('SIGINT');
    jest.advanceTimersByTime(400);
    source.emit('SIGINT');
    expect(heard).toEqual(['first', 'again']);
  });

  it('is no second one of another kind: a task hands Ctrl-C on as SIGTERM', () => {
    source.emit('SIGINT');
    jest.advanceTimersByTime(1_000);
    source.emit('SIGTERM');
    expect(heard).not.toContain('again');
  });
});
