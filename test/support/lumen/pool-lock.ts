import { load } from 'js-yaml';
import pg from 'pg';
import { until } from '../until.js';
import { type LumenServer } from './lumen-server.js';

const WAITING = `SELECT count(*)::int AS n FROM pg_stat_activity
  WHERE datname = current_database() AND wait_event_type = 'Lock'`;

/** Keeps every pool of a server on PostgreSQL locked: what would change one waits until `release`. */
export class PoolLock implements AsyncDisposable {
  private constructor(
    private readonly client: pg.Client,
    private readonly observer: pg.Client,
  ) {}

  static async take(server: LumenServer): Promise<PoolLock> {
    const { app } = load(await server.configuration()) as { app: { database_url: string } };
    const client = new pg.Client({ connectionString: app.database_url });
    const observer = new pg.Client({ connectionString: app.database_url });
    await Promise.all([client.connect(), observer.connect()]);
    await client.query('BEGIN');
    await client.query('SELECT id FROM pools FOR UPDATE');
    return new PoolLock(client, observer);
  }

  /** Resolves when so many of the server's statements wait for the lock. */
  async isWaitedFor(statements = 1): Promise<void> {
    await until(async () => {
      const { rows } = await this.observer.query<{ n: number }>(WAITING);
      return rows[0]!.n >= statements;
    });
  }

  async release(): Promise<void> {
    await this.client.query('ROLLBACK');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([this.client.end(), this.observer.end()]);
  }
}
