import path from 'node:path';
import Database from 'better-sqlite3';
import { load } from 'js-yaml';
import pg from 'pg';
import { type LumenServer } from './lumen-server.js';

export interface PoolAmounts {
  id: string;
  unit: string;
  scope: string;
  balance: bigint;
  held: bigint;
}

const AMOUNTS =
  'SELECT id, unit, scope, CAST(balance AS TEXT) AS balance, CAST(held AS TEXT) AS held FROM pools ORDER BY id';

type Row = Record<'id' | 'unit' | 'scope' | 'balance' | 'held', string>;

/** Looks at the pools of a running server from a connection of its own. */
export class PoolReader implements AsyncDisposable {
  private constructor(
    private readonly query: (text: string) => Promise<Row[]>,
    private readonly close: () => Promise<void>,
  ) {}

  static async open(server: LumenServer): Promise<PoolReader> {
    const { app } = load(await server.configuration()) as { app: { database_url: string } };
    const url = app.database_url;
    if (url.startsWith('postgres')) {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      return new PoolReader(
        async (text) => (await client.query<Row>(text)).rows,
        () => client.end(),
      );
    }
    const database = new Database(path.join(server.directory, 'lumen.db'), { readonly: true });
    return new PoolReader(
      (text) => Promise.resolve(database.prepare<[], Row>(text).all()),
      () => Promise.resolve(void database.close()),
    );
  }

  async amounts(): Promise<PoolAmounts[]> {
    const rows = await this.query(AMOUNTS);
    return rows.map((row) => ({ ...row, balance: BigInt(row.balance), held: BigInt(row.held) }));
  }

  /**
   * Looks again and again until `done`; answers how often, and what was wrong: a balance or what is
   * left beside the holds below 0.
   */
  async watch(done: Promise<unknown>): Promise<{ looks: number; faults: PoolAmounts[] }> {
    let isDone = false;
    void done.finally(() => {
      isDone = true;
    });
    const faults: PoolAmounts[] = [];
    let looks = 0;
    while (!isDone) {
      const amounts = await this.amounts();
      faults.push(...amounts.filter(({ balance, held }) => held < 0n || balance < held));
      looks += 1;
      await new Promise((resolve) => setImmediate(resolve));
    }
    return { looks, faults };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
