import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { placeholders } from '../database/placeholders.js';

interface Claim {
  name: string;
  holderId: string;
  ttlMs: number;
  nowMs: number;
}

/** The rows of leases, each changed by one guarded statement. */
@Injectable()
export class LeasesRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /**
   * Takes a lease that is free or has run out, or renews the holder's own; false: another has it.
   * One that runs out later than any could was taken while a clock was wrong, and counts as free.
   */
  async take({ name, holderId, ttlMs, nowMs }: Claim): Promise<boolean> {
    const sql = `INSERT INTO leases (id, holder_id, expires_at) VALUES (?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET holder_id = excluded.holder_id, expires_at = excluded.expires_at
      WHERE leases.holder_id = excluded.holder_id OR leases.expires_at <= ? OR leases.expires_at > ?
      RETURNING id`;
    const values = [name, holderId, nowMs + ttlMs, nowMs, nowMs + 2 * ttlMs];
    const rows = await this.query<unknown[]>(sql, values);
    return rows.length === 1;
  }

  async giveBack(name: string, holderId: string): Promise<void> {
    await this.query('DELETE FROM leases WHERE id = ? AND holder_id = ?', [name, holderId]);
  }

  private query<T = unknown>(sql: string, values: unknown[]): Promise<T> {
    return this.dataSource.query<T>(placeholders(this.dataSource, sql), values);
  }
}
