import { Injectable } from '@nestjs/common';
import { type LoggedRequest, readLoggedRequest, SELECT_LOGGED } from './logged-request.js';
import { type RequestOutcome } from './request-record.js';
import { FEW_OWNERS, type UsageFilter } from '../rollups/rollup-parts.js';
import { HoursRepository } from '../rollups/hours.repository.js';
import { HOUR_MS } from '../rollups/rollup-tables.js';
import { type Parameter, UsageDatabase } from '../usage-database.service.js';
import { type HourRange } from '../reports/usage-period.js';
import { type UsageSums } from '../rollups/usage-sums.js';

export interface RequestFilter extends UsageFilter {
  outcome?: RequestOutcome;
  status?: number;
}

export interface RequestPage {
  items: LoggedRequest[];
  /** Where the next page begins; null after the last. */
  next: string | null;
}

const ROWS_AT_A_TIME = 1_000;

/** A place in the log: after (in the order read) the request with this time and id. */
interface Place {
  startedMs: number;
  id: string;
}

/**
 * Reads the request log. Its one index is by time, so that writing stays cheap: the rollups say in
 * which hours there is something to find, and only those are read, an hour a statement.
 */
@Injectable()
export class RequestSearchService {
  constructor(
    private readonly database: UsageDatabase,
    private readonly rollups: HoursRepository,
  ) {}

  /** The latest requests first; `after` is the `next` of the page before. */
  async page(
    range: HourRange,
    filter: RequestFilter,
    { after, limit }: { after?: string; limit: number },
  ): Promise<RequestPage> {
    const place = after === undefined ? null : placeOf(after);
    const hours = (await this.hours(range, filter)).reverse();
    return this.amongOwners(filter, async (conditions) => {
      const items: LoggedRequest[] = [];
      for (const hour of hours) {
        if (place && hour > place.startedMs) continue;
        const wanted = { hour, place, order: 'DESC', limit: limit + 1 - items.length } as const;
        items.push(...(await this.ofHour(conditions, wanted)));
        if (items.length > limit)
          return { items: items.slice(0, limit), next: nextOf(items[limit - 1]!) };
      }
      return { items, next: null };
    });
  }

  /** Every request that fits, oldest first, in pieces so that any number fits in memory. */
  async *all(range: HourRange, filter: RequestFilter): AsyncGenerator<LoggedRequest[]> {
    for (const hour of await this.hours(range, filter)) {
      let place: Place | null = null;
      for (;;) {
        const wanted: Wanted = { hour, place, order: 'ASC', limit: ROWS_AT_A_TIME };
        const rows = await this.ofHour(conditionsOf(filter), wanted);
        if (rows.length > 0) yield rows;
        if (rows.length < ROWS_AT_A_TIME) break;
        const last = rows.at(-1)!;
        place = { startedMs: last.startedAt.getTime(), id: last.id };
      }
    }
  }

  /** The hours that have something to find and are still in the log, in order. */
  private async hours(range: HourRange, filter: RequestFilter): Promise<number[]> {
    const [row] = await this.database.rows('SELECT MIN(started_at) FROM request_log', []);
    if (row?.[0] === null || row?.[0] === undefined) return [];
    const oldest = Number(row[0]);
    const from = Math.max(range.from, oldest - (oldest % HOUR_MS));
    if (from >= range.to) return [];
    // Some of many people asked something in nearly every hour: to find out takes longer than to look.
    const { ownerKind, ownerIds, ...others } = filter;
    const asked = hasManyOwners(filter) ? others : { ...others, ownerKind, ownerIds };
    const found = await this.rollups.byHour({ from, to: range.to }, asked);
    return found.filter(({ sums }) => mayHave(sums, filter)).map(({ hour }) => hour);
  }

  /** Of many owners, their list is there for as long as `work` takes. */
  private amongOwners<T>(
    filter: RequestFilter,
    work: (conditions: readonly Condition[]) => Promise<T>,
  ): Promise<T> {
    const { ownerKind, ownerIds, ...others } = filter;
    if (!ownerKind || !ownerIds || !hasManyOwners(filter)) return work(conditionsOf(filter));
    const column = ownerKind === 'user' ? 'user_id' : 'client_id';
    return this.database.withList(column, ownerIds, (condition, parameter) =>
      work([[condition, [parameter]], ...conditionsOf(others)]),
    );
  }

  private async ofHour(conditions: readonly Condition[], wanted: Wanted): Promise<LoggedRequest[]> {
    const { hour, place, order, limit } = wanted;
    const where = ['started_at >= ?', 'started_at < ?'];
    const parameters: Parameter[] = [hour, hour + HOUR_MS];
    for (const [condition, values] of conditions) {
      where.push(condition);
      parameters.push(...values);
    }
    if (place) {
      where.push(`(started_at, id) ${order === 'DESC' ? '<' : '>'} (?, ?)`);
      parameters.push(place.startedMs, place.id);
    }
    const sql = `SELECT ${SELECT_LOGGED} FROM request_log WHERE ${where.join(' AND ')}
      ORDER BY started_at ${order}, id ${order} LIMIT ?`;
    const rows = await this.database.rows(sql, [...parameters, limit]);
    return rows.map(readLoggedRequest);
  }
}

interface Wanted {
  hour: number;
  place: Place | null;
  order: 'ASC' | 'DESC';
  limit: number;
}

type Condition = [text: string, values: Parameter[]];

const hasManyOwners = ({ ownerIds = [] }: RequestFilter) => ownerIds.length > FEW_OWNERS;

function conditionsOf(filter: RequestFilter): Condition[] {
  const found: Condition[] = [];
  const { ownerKind, ownerIds } = filter;
  if (ownerKind) {
    const column = ownerKind === 'user' ? 'user_id' : 'client_id';
    if (!ownerIds) found.push([`${column} IS NOT NULL`, []]);
    else if (ownerIds.length === 1) found.push([`${column} = ?`, [ownerIds[0]!]]);
    else found.push([`${column} IN ?`, [ownerIds]]);
  }
  for (const [column, value] of [
    ['api_key_id', filter.apiKeyId],
    ['endpoint', filter.endpoint],
    ['source', filter.source],
    ['outcome', filter.outcome],
    ['status', filter.status],
  ] as const) {
    if (value !== undefined) found.push([`${column} = ?`, [value]]);
  }
  if (filter.model !== undefined) found.push(ofModel(filter.model));
  return found;
}

/** As the sums have it: requests to models that do not exist are of one model without a name. */
function ofModel(model: string): Condition {
  if (model === '') return [`(model = '' OR error_code = 'model_not_found')`, []];
  return [`model = ? AND (error_code IS NULL OR error_code <> 'model_not_found')`, [model]];
}

/** Could an hour with these sums have what is looked for? */
function mayHave(sums: UsageSums, { outcome, status = 0 }: RequestFilter): boolean {
  if (outcome === 'cancelled') return sums.cancelled > 0;
  if (outcome === 'completed') return sums.requests > sums.cancelled;
  return status < 400 || sums.errors + sums.cancelled > 0;
}

const nextOf = ({ startedAt, id }: LoggedRequest) => `${startedAt.getTime()}.${id}`;

function placeOf(after: string): Place {
  const dot = after.indexOf('.');
  return { startedMs: Number(after.slice(0, dot)), id: after.slice(dot + 1) };
}
