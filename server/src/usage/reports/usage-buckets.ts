import { type HourRange } from './usage-period.js';
import { HOUR_MS } from '../rollups/rollup-tables.js';
import { type TimeZone } from './time-zone.js';

export const TIME_BUCKETS = ['hour', 'day', 'month', 'weekday_hour'] as const;
export type TimeBucket = (typeof TIME_BUCKETS)[number];

/**
 * The bucket of an hour: "2026-11-21T10:00:00.000Z" for an hour, "2026-11-21" for a day, "2026-11" for
 * a month, by the local time at which it ends, and "6-10" for Saturday at ten (Monday is 1), by that at
 * which it begins. In a zone with half an hour, that of midnight belongs to the new day, as in periods.
 */
export function bucketOf(hour: number, bucket: TimeBucket, zone: TimeZone): string {
  if (bucket === 'hour') return new Date(hour).toISOString();
  if (bucket === 'weekday_hour') {
    const begin = zone.localAt(hour);
    return `${begin.getUTCDay() || 7}-${begin.getUTCHours()}`;
  }
  return zone
    .localAt(hour + HOUR_MS - 1)
    .toISOString()
    .slice(0, bucket === 'day' ? 10 : 7);
}

/** Every bucket of a period in order, those without any request included. */
export function bucketsOf({ from, to }: HourRange, bucket: TimeBucket, zone: TimeZone): string[] {
  if (bucket === 'weekday_hour') return WEEK;
  const found = new Set<string>();
  for (let hour = from; hour < to; hour += HOUR_MS) found.add(bucketOf(hour, bucket, zone));
  return [...found];
}

const WEEK = Array.from({ length: 7 * 24 }, (_, n) => `${Math.floor(n / 24) + 1}-${n % 24}`);
