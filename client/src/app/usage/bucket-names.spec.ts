import { bucketNames } from './bucket-names';

const period = { from: '2026-11-01T00:00:00Z', to: '2026-11-03T00:00:00Z', tz: 'UTC' };

describe('names of buckets', () => {
  it('are those of the local day, wherever the browser is', () => {
    const chart = { bucket: 'day', buckets: ['2026-11-01', '2026-11-02'], period } as const;
    const names = bucketNames({ ...chart, buckets: [...chart.buckets] }, 'en-GB', 0);
    expect(names.map(({ label }) => label)).toEqual(['1 Nov', '2 Nov']);
    expect(names[0]!.name).toBe('Sun, 1 Nov 2026');
  });

  it('say which one is not over, only while the period goes on', () => {
    const chart = { bucket: 'month' as const, buckets: ['2026-10', '2026-11'], period };
    const during = Date.parse('2026-11-02T12:00:00Z');
    expect(bucketNames(chart, 'en', during).map(({ isPartial }) => isPartial)).toEqual([
      false,
      true,
    ]);
    const after = Date.parse('2026-11-04T12:00:00Z');
    expect(bucketNames(chart, 'en', after)[1]!.isPartial).toBe(false);
  });
});
