import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, LessThan } from 'typeorm';
import { placeholders } from '../../infrastructure/database/placeholders.js';
import { type CheckSpan } from './check-spans.js';
import { EndpointCheck } from './endpoint-check.entity.js';

/** The checks of one endpoint within one span. */
export interface CheckSum {
  readonly endpointId: string;
  readonly span: CheckSpan;
  readonly startsAt: number;
  ok: number;
  failed: number;
  /** Of the last that failed; null: none did. */
  lastError: string | null;
}

const ROWS_AT_A_TIME = 200;
const COLUMNS = ['endpoint_id', 'span', 'starts_at', 'ok', 'failed', 'last_error'] as const;

/** The rows of checks, of all replicas together. */
@Injectable()
export class EndpointChecksRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** Adds these to what is there; always in one order, so that two replicas cannot deadlock. */
  async add(sums: readonly CheckSum[]): Promise<void> {
    const sorted = [...sums].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
    for (let start = 0; start < sorted.length; start += ROWS_AT_A_TIME) {
      await this.addSome(sorted.slice(start, start + ROWS_AT_A_TIME));
    }
  }

  /** What is known of these endpoints since a moment. */
  async since(span: CheckSpan, fromMs: number, ids: readonly string[]): Promise<CheckSum[]> {
    if (ids.length === 0) return [];
    const marks = ids.map(() => '?').join(', ');
    const rows = await this.query<Record<(typeof COLUMNS)[number], string | number | null>[]>(
      `SELECT ${COLUMNS.join(', ')} FROM endpoint_checks
       WHERE endpoint_id IN (${marks}) AND span = ? AND starts_at >= ?`,
      [...ids, span, fromMs],
    );
    return rows.map((row) => ({
      endpointId: String(row.endpoint_id),
      span,
      startsAt: Number(row.starts_at),
      ok: Number(row.ok),
      failed: Number(row.failed),
      lastError: row.last_error === null ? null : String(row.last_error),
    }));
  }

  /** Answers how many. */
  async removeBefore(span: CheckSpan, beforeMs: number): Promise<number> {
    const old = { span, startsAt: LessThan(beforeMs) };
    const { affected } = await this.dataSource.manager.delete(EndpointCheck, old);
    return affected ?? 0;
  }

  private async addSome(sums: readonly CheckSum[]): Promise<void> {
    const row = `(${COLUMNS.map(() => '?').join(', ')})`;
    await this.query(
      `INSERT INTO endpoint_checks (${COLUMNS.join(', ')})
       VALUES ${sums.map(() => row).join(', ')}
       ON CONFLICT (endpoint_id, span, starts_at) DO UPDATE SET
         ok = endpoint_checks.ok + excluded.ok,
         failed = endpoint_checks.failed + excluded.failed,
         last_error = COALESCE(excluded.last_error, endpoint_checks.last_error)`,
      sums.flatMap(({ endpointId, span, startsAt, ok, failed, lastError }) => [
        endpointId,
        span,
        startsAt,
        ok,
        failed,
        lastError,
      ]),
    );
  }

  private query<T = unknown>(sql: string, values: unknown[]): Promise<T> {
    return this.dataSource.query<T>(placeholders(this.dataSource, sql), values);
  }
}

function keyOf({ endpointId, span, startsAt }: CheckSum): string {
  return `${endpointId} ${span} ${startsAt}`;
}
