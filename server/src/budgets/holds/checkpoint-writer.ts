import type BetterSqlite3 from 'better-sqlite3';
import { type PoolClient } from 'pg';
import { type BatchWriter } from '../../infrastructure/database/batch-writer.js';
import { STORE_CHECKPOINTS } from './hold-statements.js';

export interface Checkpoint {
  id: string;
  checkpoint: string;
}

const updates = new WeakMap<BetterSqlite3.Database, BetterSqlite3.Statement>();

/** Stores how far requests have come, many at a time. Holds that are gone stay so. */
export class CheckpointWriter implements BatchWriter<readonly Checkpoint[], void> {
  readonly isOneStatement = true;

  inSqlite(database: BetterSqlite3.Database, lists: readonly (readonly Checkpoint[])[]): void[] {
    let update = updates.get(database);
    if (!update) {
      update = database.prepare('UPDATE holds SET checkpoint = ? WHERE id = ?');
      updates.set(database, update);
    }
    for (const list of lists) for (const { id, checkpoint } of list) update.run(checkpoint, id);
    return [];
  }

  async inPostgres(client: PoolClient, lists: readonly (readonly Checkpoint[])[]): Promise<void[]> {
    const latest = new Map(lists.flat().map(({ id, checkpoint }) => [id, checkpoint]));
    await client.query({
      name: 'store-checkpoints',
      text: STORE_CHECKPOINTS,
      values: [[...latest.keys()], [...latest.values()]],
    });
    return [];
  }
}
