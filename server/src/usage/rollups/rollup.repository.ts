import { Injectable } from '@nestjs/common';
import { type HourRange } from '../reports/usage-period.js';
import { type Row, UsageDatabase } from '../usage-database.service.js';
import { narrowAmountOf, selectNarrowSums, SumsByKey } from './narrow-sums.js';
import { PackedDaysRepository } from './packed-days.repository.js';
import {
  hasManyOwners,
  partsOf,
  tableFor,
  type UsageDimension,
  type UsageFilter,
} from './rollup-parts.js';
import { RollupReader } from './rollup-reader.service.js';
import { pieces } from './rollup-slices.js';
import { DAY_MS, HOURLY, HOURLY_MODELS, HOURLY_TOTALS, startOf } from './rollup-tables.js';
import { addUsage, noUsage, readSums, SELECT_SUMS, type UsageSums } from './usage-sums.js';

const COLUMN = {
  owner: 'owner_id',
  api_key: 'api_key_id',
  model: 'model',
  endpoint: 'endpoint',
  source: 'source',
} as const;

/** Reads sums from the smallest rollup that can answer. */
@Injectable()
export class RollupRepository {
  constructor(
    private readonly database: UsageDatabase,
    private readonly reader: RollupReader,
    private readonly packed: PackedDaysRepository,
  ) {}

  /** The sums of each value of a dimension. */
  async by(
    dimension: UsageDimension,
    range: HourRange,
    filter: UsageFilter,
  ): Promise<Map<string, UsageSums>> {
    const column = COLUMN[dimension];
    if (tableFor(dimension, filter) === HOURLY_MODELS) {
      return this.byOfEverybody(dimension as 'model', range, filter);
    }
    if (dimension === 'model' && hasManyOwners(filter)) return this.modelsOfMany(range, filter);
    return this.reader.readParts(dimension, [range], filter, async (parts, read) => {
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

  /** Of everybody: from packed days, and what these do not have from the hours. */
  private async byOfEverybody(
    dimension: 'model' | 'endpoint' | 'source',
    range: HourRange,
    filter: UsageFilter,
  ): Promise<Map<string, UsageSums>> {
    const found = new SumsByKey();
    const ranges = await this.packed.visitEverybody(range, filter, (_day, all) => {
      for (const each of all) found.of(each[dimension]).addAmounts(each.amounts);
    });
    const select = `${dimension}, ${selectNarrowSums(this.database.isPostgres)}`;
    await this.reader.reading(filter, async (read) => {
      for (const part of ranges.flatMap((each) =>
        partsOf(each, HOURLY_MODELS, this.reader.planFor(filter)),
      )) {
        const rows = await read(part, select, `GROUP BY ${dimension}`);
        for (const row of rows) found.of(row[0] as string).add(row, 1, part.sign);
      }
    });
    return withoutEmpty(found.toUsage());
  }

  /** Of many owners: from packed days, and what these do not have from the rows. */
  private async modelsOfMany(
    range: HourRange,
    filter: UsageFilter,
  ): Promise<Map<string, UsageSums>> {
    const packed = new SumsByKey();
    const left = await this.packed.visit(range, filter, (_hour, model, amounts) =>
      packed.of(model).addAmounts(amounts),
    );
    const select = `model, ${selectNarrowSums(this.database.isPostgres)}`;
    return this.reader.readParts('model', left, filter, async (parts, read) => {
      const found = packed.copy();
      for (const part of parts) {
        const rows = await read(part, select, 'GROUP BY model');
        for (const row of rows) found.of(row[0] as string).add(row, 1, part.sign);
      }
      return withoutEmpty(found.toUsage());
    });
  }

  /** What packed days say of many owners, and the times that they do not have. */
  private async packedOwners(
    range: HourRange,
    filter: UsageFilter,
  ): Promise<{ owners: SumsOfOwner[]; left: HourRange[] }> {
    const owners: SumsOfOwner[] = [];
    if (!hasManyOwners(filter) || filter.model !== undefined) return { owners, left: [range] };
    const left = await this.packed.visitTotals(range, filter, (id, amounts) =>
      owners.push({ id, amounts }),
    );
    return { owners, left };
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
    const { owners, left } = await this.packedOwners(range, filter);
    return this.reader.readParts('owner', left, filter, async (parts, read) => {
      const found = new SumsByKey<Label>();
      for (const { id, amounts } of owners) found.of(labelOf(id)).addAmounts(amounts);
      for (const part of parts) {
        const rows = await read(part, select, 'GROUP BY owner_id');
        for (const row of rows) found.of(labelOf(row[0] as string)).add(row, 1, part.sign);
      }
      return withoutEmpty(found.toUsage());
    });
  }

  /** All of it as one, from the greatest sums that fit. */
  async total(range: HourRange, filter: UsageFilter): Promise<UsageSums> {
    if (hasManyOwners(filter) && filter.model === undefined) {
      return (await this.byLabel(range, filter, () => null)).get(null) ?? noUsage();
    }
    const all = noUsage();
    for (const sums of (await this.by('source', range, filter)).values()) addUsage(all, sums);
    return all;
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
    const isOfOwners = dimension === 'owner';
    const { owners, left } = isOfOwners
      ? await this.packedOwners(range, filter)
      : { owners: [], left: [range] };
    const amountOf = narrowAmountOf(metric);
    return this.reader.readParts(dimension, left, filter, async (parts, read) => {
      const found = new Map<string, Rank>();
      for (const { id, amounts } of owners) {
        found.set(id, { requests: amounts[0]!, amount: amountOf(amounts), ownerId: id });
      }
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
      for (const part of partsOf(day, HOURLY, this.reader.planFor(filter))) {
        const rest = `GROUP BY ${keys} ORDER BY ${keys}`;
        const rows = await this.reader.read({
          part,
          filter,
          select: `${keys}, ${SELECT_SUMS}`,
          rest,
        });
        if (rows.length > 0) yield rows.map(readDetail);
      }
    }
  }

  /** The first day that has any sums; null before the first request. */
  async firstDay(): Promise<number | null> {
    const [row] = await this.database.rows(`SELECT MIN(hour) FROM ${HOURLY_TOTALS.all}`, []);
    return row?.[0] === null || row?.[0] === undefined ? null : startOf('day', Number(row[0]));
  }
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

interface SumsOfOwner {
  id: string;
  amounts: ArrayLike<number>;
}
