import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { adminUrl } from './postgres.js';
import { createUpgradedDatabase } from './upgraded-database.js';

export interface RoledDatabase extends AsyncDisposable {
  url: string;
}

/** An upgraded PostgreSQL database whose owner logs in with this password. */
export async function createRoledDatabase(password: string): Promise<RoledDatabase> {
  const role = `role_${randomUUID().replaceAll('-', '')}`;
  const database = await createUpgradedDatabase();
  const url = new URL(database.url);
  await onAdmin(`CREATE ROLE ${role} LOGIN SUPERUSER PASSWORD '${password}'`);
  url.username = role;
  url.password = password;
  return {
    url: url.href,
    async [Symbol.asyncDispose]() {
      await database.drop();
      await onAdmin(`DROP ROLE ${role}`);
    },
  };
}

async function onAdmin(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl() });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
