import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { type HourRange } from '../reports/usage-period.js';
import { DAY_MS, HOUR_MS, HOURLY_TOTALS } from '../rollups/rollup-tables.js';
import { UsageDatabase } from '../usage-database.service.js';
import { ModelLatencies } from './model-latencies.js';

/** Of the busiest hours, some thousand requests. */
const SLICE_MS = HOUR_MS / 6;
/** Days of a large place have a hundred kilobytes each, and take some milliseconds to add up. */
const ROWS_AT_A_TIME = 8;
const HOURS = `(SELECT start, requests FROM usage_latencies WHERE until - start = ${HOUR_MS})`;
const DAY = `hours.start - hours.start % ${DAY_MS}`;
const STALE_HOURS = `SELECT total.hour FROM
    (SELECT hour, SUM(requests) AS requests FROM ${HOURLY_TOTALS.all}
      WHERE hour < ? GROUP BY hour) AS total
    LEFT JOIN ${HOURS} AS kept ON kept.start = total.hour AND kept.requests = total.requests
  WHERE kept.start IS NULL ORDER BY total.hour DESC LIMIT ?`;
const STALE_DAYS = `SELECT days.day FROM
    (SELECT ${DAY} AS day, SUM(hours.requests) AS requests FROM ${HOURS} AS hours
      WHERE hours.start < ? GROUP BY ${DAY}) AS days
    LEFT JOIN usage_latencies AS kept
      ON kept.start = days.day AND kept.until = days.day + ${DAY_MS} AND kept.requests = days.requests
  WHERE kept.start IS NULL ORDER BY days.day DESC`;
const REQUESTS = `SELECT SUM(requests) FROM ${HOURLY_TOTALS.all} WHERE hour = ?`;
const WITHIN = `FROM usage_latencies WHERE start >= ? AND until <= ? AND until - start = ?`;
const KEPT = `SELECT start, latencies ${WITHIN}`;
const LAST_HOUR = `SELECT MAX(until) FROM usage_latencies WHERE until - start = ${HOUR_MS}`;
const LOG = `SELECT model, source, is_stream, outcome, status, error_code, first_byte_ms, duration_ms
  FROM request_log WHERE started_at >= ? AND started_at < ?`;
const KEEP = `INSERT INTO usage_latencies (start, until, requests, latencies) VALUES (?, ?, ?, ?)
  ON CONFLICT (start, until) DO UPDATE SET requests = excluded.requests, latencies = excluded.latencies`;

type LogRow = [
  model: string,
  source: string,
  isStream: boolean | number,
  outcome: string,
  status: string | number,
  errorCode: string | null,
  firstByteMs: string | number | null,
  durationMs: string | number,
];

/** How long requests took: kept by hour and day, from the log. */
@Injectable()
export class LatenciesRepository {
  constructor(private readonly database: UsageDatabase) {}

  /** Hours before `limit` that have requests which are not in what is kept, the latest first. */
  async staleHours(limit: number, most: number): Promise<number[]> {
    const rows = await this.database.rows(STALE_HOURS, [limit, most]);
    return rows.map(([hour]) => Number(hour));
  }

  /** Days before `limit` whose hours have more requests than was kept of the day. */
  async staleDays(limit: number): Promise<number[]> {
    const rows = await this.database.rows(STALE_DAYS, [limit]);
    return rows.map(([day]) => Number(day));
  }

  /** What comes meanwhile is seen next time: requests are counted before the log is read. */
  async keepHour(hour: number): Promise<void> {
    const [row] = await this.database.rows(REQUESTS, [hour]);
    const latencies = new ModelLatencies();
    await this.addLogged({ from: hour, to: hour + HOUR_MS }, latencies);
    const values = [hour, hour + HOUR_MS, Number(row?.[0] ?? 0), latencies.pack()];
    await this.database.change(KEEP, values);
  }

  /** From its hours. */
  async keepDay(day: number): Promise<void> {
    const until = day + DAY_MS;
    const hours = await this.database.rows(`SELECT requests, latencies ${WITHIN}`, [
      day,
      until,
      HOUR_MS,
    ]);
    const latencies = new ModelLatencies();
    let requests = 0;
    for (const [ofHour, packed] of hours) {
      requests += Number(ofHour);
      latencies.addPacked(packed as string);
    }
    await this.database.change(KEEP, [day, until, requests, latencies.pack()]);
  }

  /** Where what is kept by hour ends; 0: nothing is. */
  async keptUntil(): Promise<number> {
    const [row] = await this.database.rows(LAST_HOUR, []);
    return Number(row?.[0] ?? 0);
  }

  /** Adds what is kept of the days or hours within a range; answers where each of them begins. */
  async addKept(lengthMs: number, range: HourRange, sum: ModelLatencies): Promise<Set<number>> {
    const found = new Set<number>();
    const pieceMs = ROWS_AT_A_TIME * lengthMs;
    for (let from = range.from; from < range.to; from += pieceMs) {
      const to = Math.min(range.to, from + pieceMs);
      const rows = await this.database.rows(KEPT, [from, to, lengthMs]);
      for (const [start, packed] of rows) {
        sum.addPacked(packed as string);
        found.add(Number(start));
        await nextTurn();
      }
    }
    return found;
  }

  /** Adds what the log has of a range. */
  async addLogged({ from, to }: HourRange, sum: ModelLatencies): Promise<void> {
    for (let start = from; start < to; start += SLICE_MS) {
      const rows = await this.database.rows(LOG, [start, Math.min(to, start + SLICE_MS)]);
      for (const row of rows as unknown as LogRow[]) sum.add(readRow(row));
    }
  }
}

function readRow([model, source, isStream, outcome, status, code, firstByteMs, ms]: LogRow) {
  return {
    model,
    source,
    isStream: Boolean(isStream),
    isCompleted: outcome === 'completed' && code === null && Number(status) < 400,
    firstByteMs: firstByteMs === null ? null : Number(firstByteMs),
    durationMs: Number(ms),
  };
}
