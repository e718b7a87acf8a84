import { Injectable } from '@nestjs/common';
import { type HourRange } from '../reports/usage-period.js';
import { type Parameter, type Row, UsageDatabase } from '../usage-database.service.js';
import { type FoldedUntil, KEY, keyOf, MARKS } from './folded-until.js';
import {
  FEW_OWNERS,
  type Part,
  partsOf,
  partsOfAll,
  type PartsPlan,
  tableFor,
  timesOf,
  type UsageDimension,
  type UsageFilter,
} from './rollup-parts.js';
import { HOURLY, nextStart, readName } from './rollup-tables.js';

/** Folding takes a moment once an hour; after a pause of days it goes on for minutes. */
const MOST_READS = 3;

/** Reads parts of the rollups. */
@Injectable()
export class RollupReader {
  constructor(private readonly database: UsageDatabase) {}

  /**
   * Reads from the smallest tables, and once more if an hour was folded meanwhile: what is folded
   * would have been counted twice, or not at all.
   */
  async readParts<T>(
    dimension: UsageDimension,
    ranges: readonly HourRange[],
    filter: UsageFilter,
    sum: (parts: readonly Part[], read: Reader) => Promise<T>,
  ): Promise<T> {
    const table = tableFor(dimension, filter);
    const plan = this.planFor(filter);
    return this.reading(filter, async (read) => {
      const partsOfEach = (of: (range: HourRange) => Part[]) => ranges.flatMap(of);
      if (table !== null) {
        return sum(
          partsOfEach((range) => partsOf(range, table, plan)),
          read,
        );
      }
      let folded = await this.foldedUntil();
      for (let time = 1; ; time += 1) {
        const until = folded;
        const parts = partsOfEach((range) => partsOfAll(range, until, plan));
        const found = await sum(parts, read);
        const now = await this.foldedUntil();
        if (keyOf(now).join() === keyOf(folded).join() || time === MOST_READS) return found;
        folded = now;
      }
    });
  }

  /** Lets `work` read parts of the tables; of many owners, their list is there for all of them. */
  reading<T>(filter: UsageFilter, work: (read: Reader) => Promise<T>): Promise<T> {
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

  planFor(filter: UsageFilter): PartsPlan {
    return { filter, isPostgres: this.database.isPostgres };
  }

  read({ part, filter, select, rest, isWanted }: Statement): Promise<Row[]> {
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
    const sql = `SELECT ${select} FROM ${readName(part.table)} WHERE ${where.join(' AND ')} ${rest}`;
    return this.database.rows(sql, parameters);
  }
}

/** Reads one part: what is selected, and how it is grouped. */
export type Reader = (part: Part, select: string, rest: string) => Promise<Row[]>;

export interface Statement {
  part: Part;
  filter: UsageFilter;
  select: string;
  rest: string;
  /** For so many owners that they are not in the filter. */
  isWanted?: { condition: string; parameter: Parameter };
}
