import { timeLeft } from './time-left';

const NOW = Date.parse('2026-11-21T10:00:00Z');

describe('timeLeft', () => {
  it.each([
    ['2026-11-21T10:00:59Z', 0, 0, 59],
    ['2026-11-21T10:01:00Z', 0, 1, 0],
    ['2026-11-21T10:41:01Z', 0, 42, 0],
    ['2026-11-21T10:59:30Z', 1, 0, 0],
    ['2026-11-21T12:05:00Z', 2, 5, 0],
  ])('until %s', (until, hours, minutes, seconds) => {
    expect(timeLeft(until, NOW)).toEqual({ hours, minutes, seconds });
  });

  it.each(['2026-11-21T10:00:00Z', '2026-11-21T09:00:00Z', 'never'])('is over at %s', (until) => {
    expect(timeLeft(until, NOW)).toBeNull();
  });
});
