import { Injectable } from '@nestjs/common';
import { type UsageFilter } from '../rollups/rollup-parts.js';
import { HOUR_MS, nextStart, startOf } from '../rollups/rollup-tables.js';
import { type TrendDimension, TrendsRepository } from '../rollups/trends.repository.js';
import { type HourRange } from './usage-period.js';
import { METRIC_SQL, type UsageMetric } from './usage-report.service.js';

/** Of longer ones the line of a day would be too long. */
const LONGEST_BY_HOUR_MS = 50 * HOUR_MS;
const NANO = 1e9;

/** Of which values of a dimension, and of what. */
export interface WantedTrends {
  dimension: TrendDimension;
  keys: readonly string[];
  metric: UsageMetric;
}

/** How the amounts of a few went over a period, for the small lines of a table. */
@Injectable()
export class UsageTrendsService {
  constructor(private readonly trends: TrendsRepository) {}

  /**
   * By key, one amount for each hour or day (UTC) of the period, in order; costs in coins. Null where
   * no rollup has it without reading everybody's.
   */
  async of(
    { dimension, keys, metric }: WantedTrends,
    range: HourRange,
    filter: UsageFilter,
  ): Promise<Map<string, number[]> | null> {
    const unit = range.to - range.from <= LONGEST_BY_HOUR_MS ? 'hour' : 'day';
    const places = placesOf(unit, range);
    const found = new Map(keys.map((key) => [key, Array.from(places.keys(), () => 0)]));
    if (keys.length === 0) return found;
    const scale = metric === 'cost' ? NANO : 1;
    const asked = { dimension, keys, metric: METRIC_SQL[metric], unit } as const;
    const isFound = await this.trends.visit(asked, range, filter, (time, key, amount) => {
      const place = places.get(startOf(unit, time));
      const values = found.get(key);
      if (values && place !== undefined) values[place] = values[place]! + amount / scale;
    });
    return isFound ? found : null;
  }
}

function placesOf(unit: 'hour' | 'day', { from, to }: HourRange): Map<number, number> {
  const places = new Map<number, number>();
  for (let time = startOf(unit, from); time < to; time = nextStart(unit, time)) {
    places.set(time, places.size);
  }
  return places;
}
