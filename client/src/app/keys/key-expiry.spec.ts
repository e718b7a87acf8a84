import { expiryTime, isDayToCome } from './key-expiry';

const NOW = new Date('2026-11-21T12:00:00');

describe('the end of a key', () => {
  it.each([
    ['never', '', null],
    ['30', '', new Date('2026-12-21T12:00:00')],
    ['day', '2026-11-21', new Date('2026-11-21T23:59:59.999')],
  ] as const)('%s %s', (choice, day, end) => {
    expect(expiryTime(choice, day, NOW)).toEqual(end);
  });

  it.each([
    ['2026-11-21', true],
    ['2030-01-31', true],
    ['2026-11-20', false],
    ['', false],
    ['soon', false],
  ])('may be the day %s: %s', (day, isGood) => {
    expect(isDayToCome(day, NOW)).toBe(isGood);
  });
});
