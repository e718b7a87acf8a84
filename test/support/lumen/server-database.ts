import path from 'node:path';
import { DataSource } from 'typeorm';
import { load } from 'js-yaml';
import { ApiKey } from '../../../server/src/auth/api-key.entity.js';
import { ClientManager } from '../../../server/src/clients/client-manager.entity.js';
import { Client } from '../../../server/src/clients/client.entity.js';
import { AuditEntry } from '../../../server/src/infrastructure/audit/audit-entry.entity.js';
import { RequestLog } from '../../../server/src/usage/log/request-log.entity.js';
import { User } from '../../../server/src/users/user.entity.js';
import { type LumenServer } from './lumen-server.js';

const entities = [ApiKey, AuditEntry, Client, ClientManager, RequestLog, User];

/** Works on the people, clients, keys and logs of a running server, in its database and behind its back. */
export async function onDatabaseOf<T>(
  server: LumenServer,
  work: (database: DataSource) => Promise<T>,
): Promise<T> {
  const { app } = load(await server.configuration()) as { app: { database_url: string } };
  const url = app.database_url;
  const file = path.join(server.directory, 'lumen.db');
  const database = new DataSource(
    url.startsWith('sqlite')
      ? { type: 'better-sqlite3', database: file, timeout: 5_000, entities }
      : { type: 'postgres', url, entities },
  );
  await database.initialize();
  try {
    return await work(database);
  } finally {
    await database.destroy();
  }
}

/** Does something while a table is not where the server looks for it, as if it could not be read. */
export async function withoutTable(
  server: LumenServer,
  table: string,
  work: () => Promise<void>,
): Promise<void> {
  const rename = (from: string, to: string) =>
    onDatabaseOf(server, (database) => database.query(`ALTER TABLE ${from} RENAME TO ${to}`));
  await rename(table, `${table}_elsewhere`);
  try {
    await work();
  } finally {
    await rename(`${table}_elsewhere`, table);
  }
}
