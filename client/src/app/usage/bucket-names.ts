import { type UsageChart } from '../core/api/schema';
import { type ChartBucket } from '../ui/charts/chart-data';

type Bucket = UsageChart['bucket'];

const SHORT: Record<Bucket, Intl.DateTimeFormatOptions> = {
  hour: { hour: '2-digit', minute: '2-digit' },
  day: { day: 'numeric', month: 'short' },
  month: { month: 'short', year: 'numeric' },
};

const FULL: Record<Bucket, Intl.DateTimeFormatOptions> = {
  hour: { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
  day: { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' },
  month: { month: 'long', year: 'numeric' },
};

/**
 * The server's buckets with names in a language. Hours are moments and shown in local time; days and
 * months are local already, and would move by a day were they taken for moments.
 */
export function bucketNames(
  chart: Pick<UsageChart, 'bucket' | 'buckets' | 'period'>,
  locale: string,
  nowMs = Date.now(),
): ChartBucket[] {
  const { bucket, buckets } = chart;
  const zone = bucket === 'hour' ? {} : { timeZone: 'UTC' };
  const short = new Intl.DateTimeFormat(locale, { ...SHORT[bucket], ...zone });
  const full = new Intl.DateTimeFormat(locale, { ...FULL[bucket], ...zone });
  const isGoingOn = Date.parse(chart.period.to) > nowMs;
  return buckets.map((key, place) => {
    const at = new Date(key);
    const isPartial = isGoingOn && place === buckets.length - 1;
    return { label: short.format(at), name: full.format(at), isPartial };
  });
}
