import { Injectable } from '@nestjs/common';
import { type HourRange } from '../reports/usage-period.js';
import { type Parameter, type Row, UsageDatabase } from '../usage-database.service.js';
import { type FoldedUntil, KEY, keyOf, MARKS } from './folded-until.js';
import { NarrowSums, selectNarrowSums } from './narrow-sums.js';
import {
  FEW_OWNERS,
  hasOwner,
  hourlyTableFor,
  type Part,
  partsOf,
  partsOfAll,
  type PartsPlan,
  tableFor,
  timesOf,
  type UsageDimension,
  type UsageFilter,
} from './rollup-parts.js';
import { pieces } from './rollup-slices.js';
import {
  DAY_MS,
  HOURLY,
  HOURLY_MODELS,
  HOURLY_TOTALS,
  nextStart,
  startOf,
} from './rollup-tables.js';
import { addUsage, noUsage, readSums, SELECT_SUMS, type UsageSums } from './usage-sums.js';

const COLUMN = {
  owner: 'owner_id',
  api_key: 'api_key_id',
  model: 'model',
  endpoint: 'endpoint',
  source: 'source',
} as const;

/** Folding takes a moment once an hour; after a pause of days it goes on for minutes. */
const MOST_READS = 3;

/** Reads sums from the smallest rollup that can answer. */
@Injectable()
export class RollupRepository {
  constructor(private readonly database: UsageDatabase) {}

  /** The sums of each hour that has any, in order. */
  async byHour(
    range: HourRange,
    filter: UsageFilter,
  ): Promise<{ hour: number; sums: UsageSums }[]> {
    const table = hourlyTableFor(filter);
    const found: { hour: number; sums: UsageSums }[] = [];
    await this.reading(filter, async (read) => {
      for (const part of partsOf(range, table, this.planFor(filter))) {
        const rows = await read(part, `hour, ${SELECT_SUMS}`, 'GROUP BY hour');
        for (const row of rows) found.push({ hour: Number(row[0]), sums: readSums(row, 1) });
      }
    });
    return found.sort((one, other) => one.hour - other.hour);
  }

  /**
   * One amount by hour and model, handed to `visit` as it is read: of a quarter with hundreds of
   * models there are more rows than should be in memory. Costs are as exact as a number is.
   */
  async visitModels(
    metric: string,
    range: HourRange,
    filter: UsageFilter,
    visit: (hour: number, model: string, amount: number) => void,
  ): Promise<void> {
    const table = hasOwner(filter) ? HOURLY : HOURLY_MODELS;
    const select = `hour, model, SUM(${metric})`;
    await this.reading(filter, async (read) => {
      for (const part of partsOf(range, table, this.planFor(filter))) {
        const rows = await read(part, select, 'GROUP BY hour, model');
        for (const row of rows) visit(Number(row[0]), row[1] as string, Number(row[2]));
      }
    });
  }

  /** The sums of each value of a dimension. */
  async by(
    dimension: UsageDimension,
    range: HourRange,
    filter: UsageFilter,
  ): Promise<Map<string, UsageSums>> {
    const column = COLUMN[dimension];
    return this.readParts(dimension, range, filter, async (parts, read) => {
      const found = new Map<string, UsageSums>();
      for (const part of parts) {
        const select = `${column}, ${SELECT_SUMS}`;
        for (const row of await read(part, select, `GROUP BY ${column}`)) {
          const key = row[0] as string;
          let sums = found.get(key);
          if (!sums) found.set(key, (sums = noUsage()));
          addUsage(sums, readSums(row, 1), part.sign);
        }
      }
      return withoutEmpty(found);
    });
  }

  /**
   * The sums of owners who have the same label, which may be anything: quicker than those of each of
   * tens of thousands, where only the labels' are wanted.
   */
  async byLabel<Label>(
    range: HourRange,
    filter: UsageFilter,
    labelOf: (ownerId: string) => Label,
  ): Promise<Map<Label, UsageSums>> {
    const select = `owner_id, ${selectNarrowSums(this.database.isPostgres)}`;
    return this.readParts('owner', range, filter, async (parts, read) => {
      const found = new Map<Label, NarrowSums>();
      for (const part of parts) {
        for (const row of await read(part, select, 'GROUP BY owner_id')) {
          const label = labelOf(row[0] as string);
          let sums = found.get(label);
          if (!sums) found.set(label, (sums = new NarrowSums()));
          sums.add(row, 1, part.sign);
        }
      }
      return withoutEmpty(new Map([...found].map(([label, sums]) => [label, sums.toUsage()])));
    });
  }

  /**
   * How much of one thing each value of a dimension has, to sort by: quicker than all sums where
   * there are thousands. Costs are as exact as a number is.
   */
  async rank(
    dimension: UsageDimension,
    metric: string,
    range: HourRange,
    filter: UsageFilter,
  ): Promise<Map<string, Rank>> {
    const column = COLUMN[dimension];
    const owner = dimension === 'api_key' ? ', MIN(owner_id)' : '';
    const select = `${column}, SUM(requests), SUM(${metric})${owner}`;
    return this.readParts(dimension, range, filter, async (parts, read) => {
      const found = new Map<string, Rank>();
      for (const part of parts) {
        for (const row of await read(part, select, `GROUP BY ${column}`)) {
          addRank(found, row, part.sign);
        }
      }
      return withoutEmpty(found);
    });
  }

  /** All that is told apart but endpoints, hour by hour and in order, in pieces. */
  async *detail(range: HourRange, filter: UsageFilter): AsyncGenerator<DetailRow[]> {
    const keys = 'hour, owner_kind, owner_id, api_key_id, model, source';
    for (const day of pieces(range, 'hour', DAY_MS)) {
      for (const part of partsOf(day, HOURLY, this.planFor(filter))) {
        const rest = `GROUP BY ${keys} ORDER BY ${keys}`;
        const rows = await this.read({ part, filter, select: `${keys}, ${SELECT_SUMS}`, rest });
        if (rows.length > 0) yield rows.map(readDetail);
      }
    }
  }

  /** The first day that has any sums; null before the first request. */
  async firstDay(): Promise<number | null> {
    const [row] = await this.database.rows(`SELECT MIN(hour) FROM ${HOURLY_TOTALS.name}`, []);
    return row?.[0] === null || row?.[0] === undefined ? null : startOf('day', Number(row[0]));
  }

  /**
   * Reads from the smallest tables, and once more if an hour was folded meanwhile: what is folded
   * would have been counted twice, or not at all.
   */
  private async readParts<T>(
    dimension: UsageDimension,
    range: HourRange,
    filter: UsageFilter,
    sum: (parts: readonly Part[], read: Reader) => Promise<T>,
  ): Promise<T> {
    const table = tableFor(dimension, filter);
    const plan = this.planFor(filter);
    return this.reading(filter, async (read) => {
      if (table !== null) return sum(partsOf(range, table, plan), read);
      let folded = await this.foldedUntil();
      for (let time = 1; ; time += 1) {
        const found = await sum(partsOfAll(range, folded, plan), read);
        const now = await this.foldedUntil();
        if (keyOf(now).join() === keyOf(folded).join() || time === MOST_READS) return found;
        folded = now;
      }
    });
  }

  /** Lets `work` read parts of the tables; of many owners, their list is there for all of them. */
  private reading<T>(filter: UsageFilter, work: (read: Reader) => Promise<T>): Promise<T> {
    const { ownerIds, ...others } = filter;
    if (!ownerIds || ownerIds.length <= FEW_OWNERS) {
      return work((part, select, rest) => this.read({ part, filter, select, rest }));
    }
    return this.database.withList('owner_id', ownerIds, (condition, parameter) => {
      const isWanted = { condition, parameter };
      return work((part, select, rest) =>
        this.read({ part, filter: others, select, rest, isWanted }),
      );
    });
  }

  private async foldedUntil(): Promise<FoldedUntil> {
    const [row] = await this.database.rows(
      `SELECT ${HOURLY.keys.join(', ')} FROM usage_folding`,
      [],
    );
    const [hour, ...texts] = row as [string | number, ...string[]];
    return { hour: Number(hour), texts };
  }

  private planFor(filter: UsageFilter): PartsPlan {
    return { filter, isPostgres: this.database.isPostgres };
  }

  private read({ part, filter, select, rest, isWanted }: Statement): Promise<Row[]> {
    const where: string[] = [];
    const parameters: Parameter[] = [];
    const demand = (condition: string, ...values: Parameter[]) => {
      where.push(condition);
      parameters.push(...values);
    };
    if (part.isSought) demand(`${part.unit} IN ?`, timesOf(part));
    // One hour or day by its name: the database then knows that its rows are in the order of owners.
    else if (nextStart(part.unit, part.from) >= part.to) demand(`${part.unit} = ?`, part.from);
    else demand(`${part.unit} >= ? AND ${part.unit} < ?`, part.from, part.to);
    if (filter.ownerKind) demand('owner_kind = ?', filter.ownerKind);
    if (filter.ownerIds?.length === 1) demand('owner_id = ?', filter.ownerIds[0]!);
    else if (filter.ownerIds) demand('owner_id IN ?', filter.ownerIds);
    if (isWanted) demand(isWanted.condition, isWanted.parameter);
    if (part.upTo) demand(`${KEY} <= ${MARKS}`, ...keyOf(part.upTo));
    const keys = [
      ['api_key_id', filter.apiKeyId],
      ['model', filter.model],
      ['endpoint', filter.endpoint],
      ['source', filter.source],
    ] as const;
    for (const [name, value] of keys) if (value !== undefined) demand(`${name} = ?`, value);
    const sql = `SELECT ${select} FROM ${part.table.name} WHERE ${where.join(' AND ')} ${rest}`;
    return this.database.rows(sql, parameters);
  }
}

/** Reads one part: what is selected, and how it is grouped. */
type Reader = (part: Part, select: string, rest: string) => Promise<Row[]>;

interface Statement {
  part: Part;
  filter: UsageFilter;
  select: string;
  rest: string;
  /** For so many owners that they are not in the filter. */
  isWanted?: { condition: string; parameter: Parameter };
}

/** The sums of one hour, owner, key, model and source. */
export interface DetailRow {
  hour: number;
  ownerKind: string;
  ownerId: string;
  apiKeyId: string;
  model: string;
  source: string;
  sums: UsageSums;
}

function readDetail(row: Row): DetailRow {
  const [hour, ownerKind, ownerId, apiKeyId, model, source] = row as [unknown, ...string[]];
  const keys = { ownerKind, ownerId, apiKeyId, model, source } as Omit<DetailRow, 'hour' | 'sums'>;
  return { hour: Number(hour), ...keys, sums: readSums(row, 6) };
}

export interface Rank {
  requests: number;
  amount: number;
  /** Whose it is; of a key its owner. */
  ownerId: string;
}

function addRank(found: Map<string, Rank>, row: Row, sign: 1 | -1): void {
  const key = row[0] as string;
  const before = found.get(key);
  const [requests, amount] = [sign * Number(row[1]), sign * Number(row[2])];
  if (before) {
    before.requests += requests;
    before.amount += amount;
  } else found.set(key, { requests, amount, ownerId: (row[3] as string | undefined) ?? key });
}

function withoutEmpty<K, T extends { requests: number }>(found: Map<K, T>): Map<K, T> {
  for (const [key, { requests }] of found) if (requests === 0) found.delete(key);
  return found;
}
