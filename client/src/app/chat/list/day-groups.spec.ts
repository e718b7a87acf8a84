import { aSummary } from '../../../testing/fixtures';
import { dayGroups } from './day-groups';

const NOW = new Date(2026, 10, 21, 15, 0).getTime();

/** A conversation last used at a local time. */
const used = (year: number, month: number, day: number, hour = 0) =>
  aSummary({ updatedAt: new Date(year, month, day, hour).toISOString() });

describe('dayGroups', () => {
  it.each([
    [2026, 10, 21, 14, 'today'],
    [2026, 10, 21, 0, 'today'],
    // From another clock, a little ahead of this one.
    [2026, 10, 21, 16, 'today'],
    [2026, 10, 20, 23, 'yesterday'],
    [2026, 10, 20, 0, 'yesterday'],
    [2026, 10, 19, 23, 'week'],
    [2026, 10, 14, 0, 'week'],
    [2026, 10, 13, 23, 'thirtyDays'],
    [2026, 9, 22, 0, 'thirtyDays'],
    [2026, 9, 21, 23, 'month'],
  ])('%i-%i-%i %i h is %s', (year, month, day, hour, kind) => {
    expect(dayGroups([used(year, month, day, hour)], NOW)[0]?.kind).toBe(kind);
  });

  it('keeps the order and tells months of different years apart', () => {
    const groups = dayGroups(
      [used(2026, 10, 21), used(2026, 10, 21), used(2026, 8, 2), used(2025, 8, 2)],
      NOW,
    );
    expect(groups.map(({ key, conversations }) => [key, conversations.length])).toEqual([
      ['today', 2],
      ['2026-8', 1],
      ['2025-8', 1],
    ]);
  });

  it('counts days by the calendar where the clock was changed', () => {
    // In Europe 25 October 2026 has 25 hours; elsewhere this is an ordinary day.
    const now = new Date(2026, 9, 26, 0, 30).getTime();
    expect(dayGroups([used(2026, 9, 25, 0)], now)[0]?.kind).toBe('yesterday');
    expect(dayGroups([used(2026, 9, 24, 23)], now)[0]?.kind).toBe('week');
  });
});
