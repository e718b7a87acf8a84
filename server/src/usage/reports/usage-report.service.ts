import { Injectable } from '@nestjs/common';
import { hasOwner, type UsageDimension, type UsageFilter } from '../rollups/rollup-parts.js';
import { HoursRepository } from '../rollups/hours.repository.js';
import { type Rank, RollupRepository } from '../rollups/rollup.repository.js';
import { bucketOf, bucketsOf, type TimeBucket } from './usage-buckets.js';
import { type HourRange, type UsagePeriod } from './usage-period.js';
import { addUsage, noUsage, type UsageSums } from '../rollups/usage-sums.js';

export const USAGE_METRICS = ['cost', 'requests', 'tokens', 'errors'] as const;
export type UsageMetric = (typeof USAGE_METRICS)[number];

/** The sums of one bucket of time, or of one value of a dimension. */
export interface KeyedUsage {
  key: string;
  sums: UsageSums;
}

export interface RankedPage {
  dimension: UsageDimension;
  metric: UsageMetric;
  order: 'asc' | 'desc';
  page: number;
  pageSize: number;
}

/** What each metric is in the rollups. */
export const METRIC_SQL: Record<UsageMetric, string> = {
  cost: 'cost',
  requests: 'requests',
  tokens: 'prompt_tokens + completion_tokens',
  errors: 'errors',
};

/** What was used, from the rollups: exact to the hour, whatever the period and the time zone. */
@Injectable()
export class UsageReportService {
  constructor(
    private readonly rollups: RollupRepository,
    private readonly hours: HoursRepository,
  ) {}

  async total(range: HourRange, filter: UsageFilter): Promise<UsageSums> {
    const total = noUsage();
    for (const { sums } of await this.hours.byHour(range, filter)) addUsage(total, sums);
    return total;
  }

  /** The sums of every bucket of the period in order, empty ones too; ask for no more than fit. */
  async series(
    period: UsagePeriod,
    bucket: TimeBucket,
    filter: UsageFilter,
  ): Promise<KeyedUsage[]> {
    const { zone } = period;
    const found = new Map(bucketsOf(period, bucket, zone).map((key) => [key, noUsage()]));
    for (const { hour, sums } of await this.hours.byHour(period, filter)) {
      const inBucket = found.get(bucketOf(hour, bucket, zone));
      if (inBucket) addUsage(inBucket, sums);
    }
    return [...found].map(([key, sums]) => ({ key, sums }));
  }

  /** The sums of each value that a dimension has in the period, the dearest first. */
  async by(
    dimension: UsageDimension,
    range: HourRange,
    filter: UsageFilter,
  ): Promise<KeyedUsage[]> {
    const found = await this.rollups.by(dimension, range, filter);
    return [...found]
      .map(([key, sums]) => ({ key, sums }))
      .sort((one, other) => compareCosts(other, one));
  }

  /** How many values of a dimension there are in the period. */
  async count(dimension: UsageDimension, range: HourRange, filter: UsageFilter): Promise<number> {
    return (await this.rollups.rank(dimension, METRIC_SQL.requests, range, filter)).size;
  }

  /** The sums of owners by a label that `labelOf` gives each of them. */
  byLabel<Label>(
    range: HourRange,
    filter: UsageFilter,
    labelOf: (ownerId: string) => Label,
  ): Promise<Map<Label, UsageSums>> {
    return this.rollups.byLabel(range, filter, labelOf);
  }

  /** The same as `total`; of people, from the greatest rollups that fit, which is quicker. */
  async totalOf(range: HourRange, filter: UsageFilter): Promise<UsageSums> {
    if (!hasOwner(filter)) return this.total(range, filter);
    return this.rollups.total(range, filter);
  }

  /** One amount of each value that a dimension has in the period; costs as exact as a number is. */
  async amounts(
    dimension: UsageDimension,
    metric: UsageMetric,
    range: HourRange,
    filter: UsageFilter,
  ): Promise<Map<string, number>> {
    const ranks = await this.rollups.rank(dimension, METRIC_SQL[metric], range, filter);
    return new Map([...ranks].map(([key, { amount }]) => [key, amount]));
  }

  /** One page of a dimension that may have thousands of values, and how many there are. */
  async ranked(
    { dimension, metric, order, page, pageSize }: RankedPage,
    range: HourRange,
    filter: UsageFilter,
  ): Promise<{ items: (KeyedUsage & { ownerId: string })[]; total: number }> {
    const ranks = await this.rollups.rank(dimension, METRIC_SQL[metric], range, filter);
    const sorted = [...ranks].sort(order === 'desc' ? highestFirst : lowestFirst);
    const wanted = sorted.slice((page - 1) * pageSize, page * pageSize);
    const sums = await this.sumsOf(wanted, dimension, range, filter);
    const items = wanted.map(([key, { ownerId }]) => ({
      key,
      ownerId,
      sums: sums.get(key) ?? noUsage(),
    }));
    return { items, total: ranks.size };
  }

  private sumsOf(
    wanted: readonly [string, Rank][],
    dimension: UsageDimension,
    range: HourRange,
    filter: UsageFilter,
  ): Promise<Map<string, UsageSums>> {
    if (wanted.length === 0) return Promise.resolve(new Map<string, UsageSums>());
    const isOwned = dimension === 'owner' || dimension === 'api_key';
    const ownerIds = [...new Set(wanted.map(([, { ownerId }]) => ownerId))];
    return this.rollups.by(dimension, range, isOwned ? { ...filter, ownerIds } : filter);
  }
}

const compareCosts = (one: KeyedUsage, other: KeyedUsage) =>
  one.sums.cost === other.sums.cost
    ? one.sums.requests - other.sums.requests
    : one.sums.cost < other.sums.cost
      ? -1
      : 1;

const byKey = (one: string, other: string) => (one < other ? -1 : 1);
const lowestFirst = ([one, a]: [string, Rank], [other, b]: [string, Rank]) =>
  a.amount - b.amount || byKey(one, other);
const highestFirst = ([one, a]: [string, Rank], [other, b]: [string, Rank]) =>
  b.amount - a.amount || byKey(one, other);
