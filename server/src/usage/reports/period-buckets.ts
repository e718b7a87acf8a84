import { HOUR_MS } from '../rollups/rollup-tables.js';
import { bucketOf, bucketsOf } from './usage-buckets.js';
import { type ChartBucket } from './usage-chart.dto.js';
import { bucketFor } from './usage-chart.service.js';
import { type UsagePeriod } from './usage-period.js';

/** The buckets that charts of a period have, for what is counted elsewhere. */
export class PeriodBuckets {
  readonly bucket: ChartBucket;
  readonly buckets: string[];
  private readonly places: ReadonlyMap<string, number>;

  constructor(private readonly period: UsagePeriod) {
    this.bucket = bucketFor(period);
    this.buckets = bucketsOf(period, this.bucket, period.zone);
    this.places = new Map(this.buckets.map((key, place) => [key, place]));
  }

  /** Where a moment belongs; undefined outside of the period. */
  placeOf(atMs: number): number | undefined {
    const hour = atMs - (atMs % HOUR_MS);
    return this.places.get(bucketOf(hour, this.bucket, this.period.zone));
  }
}
