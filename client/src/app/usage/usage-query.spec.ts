import { customDays, usageQuery } from './usage-query';

describe('what is asked of the server', () => {
  const none = { from: '', to: '' };

  it('has the period, the time zone and the filters that are set', () => {
    const query = usageQuery(
      { name: '7d', ...none },
      { model: 'a/b', source: '' },
      'Europe/Berlin',
    );
    expect(query).toBe('tz=Europe%2FBerlin&period=7d&model=a%2Fb');
  });

  it('includes the last day of a period of days', () => {
    const asked = { name: 'custom', from: '2026-11-01', to: '2026-11-01' } as const;
    const query = new URLSearchParams(usageQuery(asked, {}, 'UTC'));
    const length = Date.parse(query.get('to')!) - Date.parse(query.get('from')!);
    expect(length).toBe(24 * 3_600_000);
  });

  it('falls back to a month where the address has no such days', () => {
    expect(usageQuery({ name: 'custom', ...none }, {}, 'UTC')).toBe('tz=UTC&period=30d');
  });
});

describe('a period of days', () => {
  it.each([
    ['', '2026-11-01'],
    ['2026-11-02', '2026-11-01'],
    ['2026-02-30', '2026-03-01'],
    ['2026-13-01', '2026-13-02'],
    ['1999-01-01', '2000-01-01'],
    ['2020-01-01', '2026-01-01'],
    ['1.11.2026', '2.11.2026'],
  ])('does not go from %j to %j', (from, to) => {
    expect(customDays(from, to)).toBeNull();
  });

  it('may be a single one', () => {
    expect(customDays('2026-11-01', '2026-11-01')).not.toBeNull();
  });
});
