import { describe, expect, it } from 'vitest';

import { type Status, fromLocalField, statusOf, toLocalField } from './announcement-status';

const hour = (h: number) => new Date(Date.UTC(2026, 0, 1, h)).toISOString();

describe('where an announcement is in its time', () => {
  it.each<[number, number | null, Status]>([
    [3, null, 'scheduled'],
    [2, null, 'active'],
    [1, 3, 'active'],
    [1, 2, 'over'],
    [3, 4, 'scheduled'],
  ])('from %s to %s o’clock is %s at two', (from, to, status) => {
    const announcement = { startsAt: hour(from), endsAt: to === null ? null : hour(to) };
    expect(statusOf(announcement, new Date(hour(2)))).toBe(status);
  });
});

describe('a field for local times', () => {
  it('keeps the minute it was given', () => {
    for (const iso of ['2026-01-01T08:30:00.000Z', '2026-07-01T23:59:00.000Z']) {
      expect(fromLocalField(toLocalField(iso))).toBe(iso);
    }
  });

  it('is empty for no time', () => {
    expect(toLocalField(null)).toBe('');
    expect(fromLocalField('')).toBeNull();
  });
});
