import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { type FreshDatabase } from './databases.js';
import { adminUrl } from './postgres.js';
import { createUpgradedDatabase } from './upgraded-database.js';

const MEGABYTES = 32;
/** The account of the tests' PostgreSQL (scripts/postgres.mjs). */
const ACCOUNT = 65534;

/** Whether this account may mount one: root on Linux, and in most containers not even root. */
export function canMountDisk(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  try {
    unmount(mount());
    return true;
  } catch {
    return false;
  }
}

/** A PostgreSQL database with all migrations whose files are alone on a disk of 32 MB. */
export async function databaseOnSmallDisk(): Promise<FreshDatabase> {
  await using starting = new AsyncDisposableStack();
  const folder = mount();
  starting.defer(() => unmount(folder));
  const tablespace = `small_${randomUUID().replaceAll('-', '')}`;
  await asAdministrator(`CREATE TABLESPACE ${tablespace} LOCATION '${folder}'`);
  starting.defer(() => asAdministrator(`DROP TABLESPACE ${tablespace}`));
  const database = await createUpgradedDatabase();
  starting.defer(() => database.drop());
  const name = new URL(database.url).pathname.slice(1);
  await asAdministrator(`ALTER DATABASE ${name} SET TABLESPACE ${tablespace}`);
  const running = starting.move();
  return { url: database.url, drop: () => running.disposeAsync() };
}

function mount(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'lumen-small-disk-'));
  const options = `size=${MEGABYTES}m,mode=0700,uid=${ACCOUNT},gid=${ACCOUNT}`;
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], { stdio: 'ignore' });
  } catch (error) {
    rmdirSync(folder);
    throw error;
  }
  return folder;
}

function unmount(folder: string): void {
  execFileSync('umount', [folder]);
  rmdirSync(folder);
}

async function asAdministrator(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl() });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
