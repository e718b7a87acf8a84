import { chmod, copyFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import Database from 'better-sqlite3';
import { CommandError } from '../command-error.js';
import { asFullDisk, requireSpace, settle } from './backup-folder.js';

export const SQLITE_DATA = 'database.sqlite';
/** All that is left after the first hundred pages, in one step that sees one moment. */
const ALL_PAGES = 2 ** 31 - 1;

/**
 * Copies a database that may be in use into `folder`; it is written to meanwhile as ever. The copy is
 * of one moment, and one file.
 */
export async function copySqlite(file: string, folder: string): Promise<void> {
  await requireSpace(path.dirname(folder), (await stat(file)).size);
  const copy = path.join(folder, SQLITE_DATA);
  const source = new Database(file, { readonly: true, fileMustExist: true });
  try {
    // A copy that goes in small steps begins anew with each write of another process, and never ends.
    await source.backup(copy, { progress: () => ALL_PAGES });
  } finally {
    source.close();
  }
  await chmod(copy, 0o600);
  makeSingleFile(copy);
  requireSound(copy);
}

/**
 * Puts a copy where the database is. What is there is kept beside it; answers under which name, null
 * if nothing was there.
 * @throws CommandError server_running while anybody has the database open
 */
export async function putSqlite(
  copy: string,
  file: string,
  keptAs: string,
): Promise<string | null> {
  requireSound(copy);
  await requireSpace(path.dirname(path.resolve(file)), (await stat(copy)).size);
  const incoming = `${file}.restoring`;
  try {
    await copyFile(copy, incoming);
    await chmod(incoming, 0o600);
    await settle(incoming);
    const wasThere = await exists(file);
    if (wasThere) {
      closeForAll(file);
      await rename(file, keptAs);
    }
    await rename(incoming, file);
    await settle(path.dirname(path.resolve(file)));
    return wasThere ? keptAs : null;
  } catch (error) {
    await rm(incoming, { force: true });
    throw asFullDisk(error, path.dirname(path.resolve(file)));
  }
}

/** Whether a database with tables is there. */
export async function hasTables(file: string): Promise<boolean> {
  if (!(await exists(file))) return false;
  const database = new Database(file, { readonly: true });
  try {
    return database.prepare('SELECT 1 FROM sqlite_master LIMIT 1').get() !== undefined;
  } finally {
    database.close();
  }
}

/** What SQLite finds wrong with a file; empty if nothing is. */
export function faultsOf(file: string): string[] {
  const database = new Database(file, { readonly: true });
  try {
    const found = database.pragma('quick_check(5)') as { quick_check: string }[];
    return found.map((row) => row.quick_check).filter((text) => text !== 'ok');
  } finally {
    database.close();
  }
}

/**
 * Brings what stands in the log of a database into its file and takes the log away, which succeeds
 * for the only one alone who has it open.
 */
function closeForAll(file: string): void {
  const database = new Database(file, { timeout: 1_000 });
  try {
    database.pragma('journal_mode = DELETE');
  } catch (cause) {
    const message = `${file} is in use. Stop Lumen and every other program that has it open, then try again.`;
    throw new CommandError(message, 'server_running', { cause });
  } finally {
    database.close();
  }
}

function makeSingleFile(file: string): void {
  const database = new Database(file);
  try {
    database.pragma('journal_mode = DELETE');
  } finally {
    database.close();
  }
}

function requireSound(file: string): void {
  let faults: string[];
  try {
    faults = faultsOf(file);
  } catch (error) {
    faults = [String(error)];
  }
  if (faults.length === 0) return;
  throw new CommandError(
    `${file} is damaged (${faults[0]}). Nothing was changed.`,
    'backup_unusable',
  );
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
