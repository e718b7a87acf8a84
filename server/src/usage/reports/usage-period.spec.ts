import { describe, expect, it } from '@jest/globals';
import { TimeZone } from './time-zone.js';
import { bucketOf, bucketsOf } from './usage-buckets.js';
import { type AskedPeriod, periodBefore, readPeriod } from './usage-period.js';

const NOW = Date.UTC(2026, 10, 21, 10, 17);

function rangeOf(asked: AskedPeriod, now = NOW): string {
  const { from, to } = readPeriod(asked, now);
  return `${new Date(from).toISOString().slice(0, 16)} ${new Date(to).toISOString().slice(0, 16)}`;
}

describe('a period', () => {
  it.each<[AskedPeriod, string]>([
    [{}, '2026-10-23T00:00 2026-11-21T11:00'],
    [{ period: '24h' }, '2026-11-20T11:00 2026-11-21T11:00'],
    [{ period: 'today', tz: 'Europe/Berlin' }, '2026-11-20T23:00 2026-11-21T11:00'],
    [{ period: 'today', tz: 'Pacific/Auckland' }, '2026-11-20T11:00 2026-11-21T11:00'],
    [{ period: '30d', tz: 'Europe/Berlin' }, '2026-10-22T22:00 2026-11-21T11:00'],
    [{ period: 'month', tz: 'America/New_York' }, '2026-11-01T04:00 2026-11-21T11:00'],
    [{ period: 'last_month', tz: 'Europe/Berlin' }, '2026-09-30T22:00 2026-10-31T23:00'],
    [{ period: 'year' }, '2026-01-01T00:00 2026-11-21T11:00'],
    [{ from: new Date('2026-11-01T10:20Z') }, '2026-11-01T10:00 2026-11-21T11:00'],
    [
      { from: new Date('2026-11-01T10:00Z'), to: new Date('2026-11-01T12:00Z') },
      '2026-11-01T10:00 2026-11-01T12:00',
    ],
  ])('of %j is %s', (asked, range) => {
    expect(rangeOf(asked)).toBe(range);
  });

  it('has one of the same length before it', () => {
    const period = readPeriod({ period: '7d' }, NOW);
    const before = periodBefore(period);
    expect([before.to, before.to - before.from]).toEqual([period.from, period.to - period.from]);
  });

  it.each<[string, AskedPeriod]>([
    ['tz', { tz: 'Mars/Olympus' }],
    ['tz', { tz: '' }],
    ['from', { to: new Date(NOW) }],
    ['from', { from: new Date(NOW), to: new Date(NOW) }],
    ['from', { from: new Date('1999-12-31T23:00Z') }],
    ['from', { from: new Date('2020-01-01T00:00Z') }],
    ['to', { from: new Date(NOW), to: new Date('2100-01-01T00:00Z') }],
  ])('that makes no sense is refused, naming %s: %j', (field, asked) => {
    expect(() => readPeriod(asked, NOW)).toThrow(
      expect.objectContaining({ code: 'invalid_request', param: field }),
    );
  });
});

describe('buckets', () => {
  it('of a zone with half an hour have the days of its periods, and no others', () => {
    const india = (period: string) =>
      readPeriod({ period, tz: 'Asia/Kolkata' } as AskedPeriod, NOW);
    const [week, month] = [india('7d'), india('last_month')];
    const days = Array.from({ length: 7 }, (_, n) => `2026-11-${15 + n}`);
    expect(bucketsOf(week, 'day', week.zone)).toEqual(days);
    expect(bucketsOf(month, 'month', month.zone)).toEqual(['2026-10']);
    expect(bucketsOf(month, 'day', month.zone)).toHaveLength(31);
  });

  const berlin = new TimeZone('Europe/Berlin');

  it('have 23 and 25 hours on the days that clocks change', () => {
    const hoursOf = (day: number, month: number) => {
      const from = berlin.startOfDay(2026, month, day);
      return (berlin.startOfDay(2026, month, day + 1) - from) / 3_600_000;
    };
    expect([hoursOf(29, 2), hoursOf(25, 9), hoursOf(26, 9)]).toEqual([23, 25, 24]);
  });

  it.each([
    ['hour', '2026-11-20T23:00:00.000Z'],
    ['day', '2026-11-21'],
    ['month', '2026-11'],
    ['weekday_hour', '6-0'],
  ] as const)('by %s are named after local time', (bucket, name) => {
    expect(bucketOf(Date.UTC(2026, 10, 20, 23), bucket, berlin)).toBe(name);
  });

  it('are there without any request', () => {
    const period = readPeriod({ period: '7d', tz: 'Europe/Berlin' }, NOW);
    expect(bucketsOf(period, 'day', berlin)).toEqual(
      ['15', '16', '17', '18', '19', '20', '21'].map((day) => `2026-11-${day}`),
    );
    expect(bucketsOf(period, 'weekday_hour', berlin)).toHaveLength(168);
  });

  it('begin a day where clocks skip midnight at the first moment there is', () => {
    const cairo = new TimeZone('Africa/Cairo');
    const start = cairo.startOfDay(2026, 3, 24);
    expect(new Date(start).toISOString()).toBe('2026-04-23T22:00:00.000Z');
    expect(cairo.localAt(start).toISOString()).toBe('2026-04-24T01:00:00.000Z');
  });
});

describe('a day', () => {
  it.each(Intl.supportedValuesOf('timeZone'))('begins with its first moment in %s', (name) => {
    const zone = new TimeZone(name);
    const dayAt = (moment: number) => zone.localAt(moment).toISOString().slice(0, 10);
    for (let day = 1; day <= 365; day += 1) {
      const begin = zone.startOfDay(2026, 0, day);
      const name = new Date(Date.UTC(2026, 0, day)).toISOString().slice(0, 10);
      expect([dayAt(begin), dayAt(begin - 60_000) < name]).toEqual([name, true]);
    }
  });
});
