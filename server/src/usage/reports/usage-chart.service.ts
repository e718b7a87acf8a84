import { Injectable } from '@nestjs/common';
import { type UsageFilter } from '../rollups/rollup-parts.js';
import { HoursRepository } from '../rollups/hours.repository.js';
import { DAY_MS, HOUR_MS } from '../rollups/rollup-tables.js';
import { addUsage, noUsage, type UsageSums } from '../rollups/usage-sums.js';
import { bucketOf, bucketsOf } from './usage-buckets.js';
import { changeOf } from './usage-change.js';
import { type ChartBucket, type ModelSeriesDto, type UsageChartDto } from './usage-chart.dto.js';
import { periodBefore, type UsagePeriod } from './usage-period.js';
import { METRIC_SQL, type UsageMetric, UsageReportService } from './usage-report.service.js';
import { ReportedPeriodDto, UsageSumsDto } from './usage.dto.js';

const MODELS_SHOWN = 5;
const LONGEST_BY_HOUR_MS = 50 * HOUR_MS;
const LONGEST_BY_DAY_MS = 100 * DAY_MS;
const NANO = 1e9;

type Series = Map<string, number[]>;

/** What a chart of usage over time shows, from the sums by hour. */
@Injectable()
export class UsageChartService {
  constructor(
    private readonly report: UsageReportService,
    private readonly hours: HoursRepository,
  ) {}

  async chart(
    period: UsagePeriod,
    metric: UsageMetric,
    filter: UsageFilter,
  ): Promise<UsageChartDto> {
    const bucket = bucketFor(period);
    const buckets = bucketsOf(period, bucket, period.zone);
    const models = new ModelAmounts(buckets, metric, (hour) => bucketOf(hour, bucket, period.zone));
    const asked = { metric: METRIC_SQL[metric], range: period, filter, placeOf: models.placeOf };
    const hours = await this.hours.chart(asked, models.add);
    const totals = noUsage();
    const week = Array.from({ length: 7 * 24 }, () => 0);
    for (const { hour, sums } of hours) {
      addUsage(totals, sums);
      const local = period.zone.localAt(hour);
      const place = ((local.getUTCDay() + 6) % 7) * 24 + local.getUTCHours();
      week[place] = week[place]! + amountOf(sums, metric);
    }
    const previous = await this.report.totalOf(periodBefore(period), filter);
    return {
      period: ReportedPeriodDto.of(period),
      totals: UsageSumsDto.from(totals),
      previous: UsageSumsDto.from(previous),
      change: changeOf(totals, previous),
      ...{ metric, bucket, buckets, week },
      series: largest(models.found, buckets.length),
      otherModels: Math.max(0, models.found.size - MODELS_SHOWN),
    };
  }
}

/** One amount by model and bucket. */
class ModelAmounts {
  private readonly places: ReadonlyMap<string, number>;
  private readonly placeOfHour = new Map<number, number | undefined>();
  private readonly unit: number;
  readonly found: Series = new Map();

  constructor(
    buckets: readonly string[],
    metric: UsageMetric,
    private readonly bucketOfHour: (hour: number) => string,
  ) {
    this.places = new Map(buckets.map((key, place) => [key, place]));
    this.unit = metric === 'cost' ? NANO : 1;
  }

  readonly placeOf = (hour: number): number | undefined => {
    if (!this.placeOfHour.has(hour)) {
      this.placeOfHour.set(hour, this.places.get(this.bucketOfHour(hour)));
    }
    return this.placeOfHour.get(hour);
  };

  readonly add = (hour: number, model: string, amount: number): void => {
    const place = this.placeOf(hour);
    if (place === undefined || amount === 0) return;
    let values = this.found.get(model);
    if (!values) this.found.set(model, (values = emptyValues(this.places.size)));
    values[place] = values[place]! + amount / this.unit;
  };
}

/** Hours for two days, days for a quarter, else months: what can be told apart at a glance. */
export function bucketFor({ from, to }: UsagePeriod): ChartBucket {
  if (to - from <= LONGEST_BY_HOUR_MS) return 'hour';
  return to - from <= LONGEST_BY_DAY_MS ? 'day' : 'month';
}

/** The few that have most, the largest first, and the sum of the rest. */
function largest(models: Series, length: number): ModelSeriesDto[] {
  const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
  const sorted = [...models]
    .map(([model, values]) => ({ model, values, sum: sumOf(values) }))
    .sort((one, other) => other.sum - one.sum || (one.model < other.model ? -1 : 1));
  const shown: ModelSeriesDto[] = sorted
    .slice(0, MODELS_SHOWN)
    .map(({ model, values }) => ({ model, values }));
  const rest = sorted.slice(MODELS_SHOWN);
  if (rest.length === 0) return shown;
  const others = emptyValues(length);
  for (const { values } of rest) values.forEach((value, place) => (others[place]! += value));
  return [...shown, { model: null, values: others }];
}

const emptyValues = (length: number): number[] => Array.from({ length }, () => 0);

function amountOf(sums: UsageSums, metric: UsageMetric): number {
  if (metric === 'cost') return Number(sums.cost) / NANO;
  return metric === 'tokens' ? sums.promptTokens + sums.completionTokens : sums[metric];
}
