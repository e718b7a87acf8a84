import { Injectable } from '@nestjs/common';
import { type HourRange } from '../reports/usage-period.js';
import { type Parameter, UsageDatabase } from '../usage-database.service.js';
import { narrowAmountOf } from './narrow-sums.js';
import { PackedDaysRepository } from './packed-days.repository.js';
import { FEW_OWNERS, hasOwner, timesOf, type UsageFilter } from './rollup-parts.js';
import {
  DAILY,
  DAY_MS,
  HOURLY,
  HOUR_MS,
  HOURLY_MODELS,
  nextStart,
  readName,
  type RollupTable,
  startOf,
  type TimeKey,
} from './rollup-tables.js';

/** What a few of can be followed over time. */
export type TrendDimension = 'owner' | 'model' | 'source' | 'key' | 'endpoint';

export interface TrendsOf {
  dimension: TrendDimension;
  /** Which of them; a page of a table has some tens. */
  keys: readonly string[];
  /** An amount of the rollups, as SQL. */
  metric: string;
  /** As exact as this. */
  unit: 'hour' | 'day';
}

type Visit = (time: number, key: string, amount: number) => void;

interface Lookup {
  table: RollupTable;
  unit: TimeKey;
  times: readonly number[];
}

const COLUMN = {
  owner: 'owner_id',
  model: 'model',
  source: 'source',
  key: 'api_key_id',
  endpoint: 'endpoint',
} as const;
const LOOKUPS_AT_ONCE = 1_500;
/** Of everybody's models and endpoints, all rows of so many hours are read at once. */
const HOURS_AT_ONCE = 48;
/** Of longer periods there would be too many hours to look up, where no table has days. */
const LONGEST_BY_HOUR_MS = 100 * DAY_MS;

/**
 * Looks up what a few had in each day or hour. What is asked for is at the beginning of the keys of
 * the tables, so it takes as long however much there is beside it.
 */
@Injectable()
export class TrendsRepository {
  constructor(
    private readonly database: UsageDatabase,
    private readonly packed: PackedDaysRepository,
  ) {}

  /** Hands over amounts at their hours or (UTC) days; false: it would have to read too much. */
  async visit(of: TrendsOf, range: HourRange, asked: UsageFilter, visit: Visit): Promise<boolean> {
    const filter = of.dimension === 'owner' ? { ...asked, ownerIds: of.keys } : asked;
    if (of.dimension === 'endpoint' && !hasOwner(filter)) {
      return this.visitEndpoints(of, range, filter, visit);
    }
    const lookups = await this.lookups(of, range, filter);
    if (lookups === null) return false;
    for (const lookup of lookups) await this.read(of, lookup, filter, visit);
    return true;
  }

  /** No table begins with endpoints: whole days come from what is packed, the rest is read in full. */
  private async visitEndpoints(
    of: TrendsOf,
    range: HourRange,
    filter: UsageFilter,
    visit: Visit,
  ): Promise<boolean> {
    const wanted = new Set(of.keys);
    const amountOf = narrowAmountOf(of.metric);
    const left =
      of.unit === 'hour'
        ? [range]
        : await this.packed.visitEverybody(range, filter, (day, sums) => {
            for (const { endpoint, amounts } of sums) {
              if (wanted.has(endpoint)) visit(day, endpoint, amountOf(amounts));
            }
          });
    const unpackedMs = left.reduce((sum, { from, to }) => sum + to - from, 0);
    if (unpackedMs > LONGEST_BY_HOUR_MS) return false;
    for (const part of left) {
      for (let from = part.from; from < part.to; from += HOURS_AT_ONCE * HOUR_MS) {
        const to = Math.min(part.to, from + HOURS_AT_ONCE * HOUR_MS);
        const times = Array.from({ length: (to - from) / HOUR_MS }, (_, n) => from + n * HOUR_MS);
        await this.read(of, { table: HOURLY_MODELS, unit: 'hour', times }, filter, visit);
      }
    }
    return true;
  }

  private async lookups(
    { dimension, keys, unit: wanted }: TrendsOf,
    range: HourRange,
    filter: UsageFilter,
  ): Promise<Lookup[] | null> {
    const ofOwners = dimension === 'owner' || hasOwner(filter);
    const owners = ofOwners ? (filter.ownerIds?.length ?? Infinity) : keys.length;
    if (owners > FEW_OWNERS || (!ofOwners && dimension !== 'model')) return null;
    const pieces = (table: RollupTable, part: HourRange): Lookup[] => {
      const unit = table.keys[0] as TimeKey;
      if (part.from >= part.to) return [];
      const times = timesOf({ ...part, table, unit, sign: 1, isSought: true });
      return chunks(times, Math.max(1, Math.floor(LOOKUPS_AT_ONCE / owners)), (some) => ({
        ...{ table, unit },
        times: some,
      }));
    };
    const hasDays = ofOwners && filter.endpoint === undefined && dimension !== 'endpoint';
    if (wanted === 'hour' || !hasDays) {
      if (range.to - range.from > LONGEST_BY_HOUR_MS) return null;
      return pieces(ofOwners ? HOURLY : HOURLY_MODELS, range);
    }
    const days = await this.wholeDays(range);
    return [
      ...pieces(HOURLY, { from: range.from, to: days.from }),
      ...pieces(DAILY, days),
      ...pieces(HOURLY, { from: days.to, to: range.to }),
    ];
  }

  /** The days within that the table of days has all of. */
  private async wholeDays({ from, to }: HourRange): Promise<HourRange> {
    const [row] = await this.database.rows('SELECT hour FROM usage_folding', []);
    const last = startOf('day', Math.min(to, Number(row?.[0] ?? 0)));
    const first = startOf('day', from) === from ? from : nextStart('day', from);
    return first < last ? { from: first, to: last } : { from: to, to };
  }

  private async read(
    { dimension, keys, metric }: TrendsOf,
    { table, unit, times }: Lookup,
    filter: UsageFilter,
    visit: Visit,
  ): Promise<void> {
    const column = COLUMN[dimension];
    const where = [`${unit} IN ?`];
    const parameters: Parameter[] = [times];
    const demand = (condition: string, value: Parameter | undefined) => {
      if (value === undefined) return;
      where.push(condition);
      parameters.push(value);
    };
    if (table !== HOURLY_MODELS) {
      demand('owner_kind IN ?', filter.ownerKind ? [filter.ownerKind] : ['user', 'client']);
      demand('owner_id IN ?', filter.ownerIds);
    }
    demand('api_key_id = ?', filter.apiKeyId);
    demand('model = ?', filter.model);
    demand('endpoint = ?', filter.endpoint);
    demand('source = ?', filter.source);
    if (dimension !== 'owner') demand(`${column} IN ?`, keys);
    const sql = `SELECT ${unit}, ${column}, SUM(${metric}) FROM ${readName(table)}
      WHERE ${where.join(' AND ')} GROUP BY ${unit}, ${column}`;
    for (const [time, key, amount] of await this.database.rows(sql, parameters)) {
      visit(Number(time), key as string, Number(amount));
    }
  }
}

function chunks<T, R>(all: readonly T[], size: number, each: (some: readonly T[]) => R): R[] {
  const found: R[] = [];
  for (let start = 0; start < all.length; start += size) {
    found.push(each(all.slice(start, start + size)));
  }
  return found;
}
