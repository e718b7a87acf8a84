import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { placeholders } from '../database/placeholders.js';
import { type Replica } from './replica.entity.js';

/** The rows of the processes that share the database. */
@Injectable()
export class ReplicasRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** Writes the beat, and the row if it is missing. */
  async beat({ id, beat, startedAt, host }: Replica): Promise<void> {
    await this.query(
      `INSERT INTO replicas (id, beat, started_at, host) VALUES (?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET beat = excluded.beat`,
      [id, beat, startedAt.getTime(), host],
    );
  }

  /** The beat of each replica; null for one that works on something and has no row. */
  async beats(workTables: readonly string[]): Promise<Map<string, number | null>> {
    const workers = workTables.map(
      (table) => `UNION SELECT replica_id, NULL FROM ${table} AS w
        WHERE NOT EXISTS (SELECT 1 FROM replicas AS r WHERE r.id = w.replica_id)`,
    );
    const rows = await this.query<{ id: string; beat: string | number | null }[]>(
      `SELECT id, beat FROM replicas ${workers.join(' ')}`,
    );
    return new Map(rows.map(({ id, beat }) => [id, beat === null ? null : Number(beat)]));
  }

  /** Removes a replica that has not beaten since and works on nothing. */
  async forget(id: string, beat: number, workTables: readonly string[]): Promise<void> {
    const idle = workTables.map(
      (table) => `AND NOT EXISTS (SELECT 1 FROM ${table} AS w WHERE w.replica_id = replicas.id)`,
    );
    await this.query(`DELETE FROM replicas WHERE id = ? AND beat = ? ${idle.join(' ')}`, [
      id,
      beat,
    ]);
  }

  async remove(id: string): Promise<void> {
    await this.query('DELETE FROM replicas WHERE id = ?', [id]);
  }

  private query<T = unknown>(sql: string, values: unknown[] = []): Promise<T> {
    return this.dataSource.query<T>(placeholders(this.dataSource, sql), values);
  }
}
