import { beginningOf } from './search-period';

describe('beginningOf', () => {
  // A quarter to midnight, in the year the clock is changed on the 29th of March.
  const now = new Date(2026, 2, 31, 23, 45).getTime();

  it.each([
    ['week', new Date(2026, 2, 24)],
    ['thirtyDays', new Date(2026, 2, 1)],
    ['year', new Date(2026, 0, 1)],
  ] as const)('%s', (period, beginning) => {
    expect(beginningOf(period, now)).toEqual(beginning);
  });
});
