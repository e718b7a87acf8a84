import { type PeopleGrowth } from '../../core/api/schema';
import { type BarChartData, type ChartBucket } from '../../ui/charts/chart-data';

/**
 * Who was there before each bucket, and who came in it, one on top of the other: together all who
 * were there at its end.
 */
export function growthData(
  { before, joined }: Pick<PeopleGrowth, 'before' | 'joined'>,
  buckets: readonly ChartBucket[],
  names: { before: string; joined: string },
): BarChartData {
  let there = before;
  const befores = joined.map((came) => {
    const now = there;
    there += came;
    return now;
  });
  return {
    buckets,
    series: [
      { name: names.before, values: befores, isRest: true },
      { name: names.joined, values: joined },
    ],
  };
}
