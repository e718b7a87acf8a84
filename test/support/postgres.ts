import { randomUUID } from 'node:crypto';
import pg from 'pg';

/** A database of one test file's own. */
export interface TestDatabase {
  /** What `app.database_url` takes. */
  url: string;
  /** Removes the database, ending whatever is still connected to it. */
  drop: () => Promise<void>;
}

/**
 * Makes an empty PostgreSQL database with a name nobody else has. The cluster is that of
 * TEST_POSTGRES_URL, which the test tasks start (`npm run test:medium -- <path>`).
 */
export async function createDatabase(template = 'template1'): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await onAdminConnection(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  const url = new URL(adminUrl());
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: () => onAdminConnection(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

/** An administrator of the cluster. */
export function adminUrl(): string {
  const url = process.env['TEST_POSTGRES_URL'];
  if (url) return url;
  throw new Error(
    'TEST_POSTGRES_URL is not set: run this test by its task, e.g. `npm run test:medium -- <path>`, or name the administrator of a PostgreSQL in it.',
  );
}

async function onAdminConnection(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl() });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
