import { mkdir, open, rename, rm, statfs, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CommandError } from '../command-error.js';
import { type Manifest, MANIFEST } from './manifest.js';

const OWNER_ONLY = { folder: 0o700, file: 0o600 };
/** Beside the data: the manifest, and what a file system needs for itself. */
const SPARE_BYTES = 1024 * 1024;

/**
 * Makes one backup: a folder that is under its own name only once it is whole. If anything fails,
 * nothing of it is left. `fill` puts the data into the folder it is given and answers the manifest.
 */
export async function makeBackup(
  parent: string,
  name: string,
  fill: (folder: string) => Promise<Manifest>,
): Promise<{ folder: string; manifest: Manifest }> {
  const folder = path.join(parent, name);
  const unfinished = path.join(parent, `.${name}.unfinished`);
  try {
    await mkdir(unfinished, { recursive: true, mode: OWNER_ONLY.folder });
    const manifest = await fill(unfinished);
    const text = `${JSON.stringify(manifest, null, 2)}\n`;
    await writeFile(path.join(unfinished, MANIFEST), text, { mode: OWNER_ONLY.file });
    for (const file of [manifest.file, MANIFEST]) await settle(path.join(unfinished, file));
    await rename(unfinished, folder);
    await settle(parent);
    return { folder, manifest };
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true }).catch(() => undefined);
    throw asFullDisk(error, parent);
  }
}

/** Refuses before anything is written where `bytes` will not fit. @throws CommandError no_space */
export async function requireSpace(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (free >= bytes + SPARE_BYTES) return;
  throw new CommandError(
    `There is too little space in ${folder}: ${megabytes(bytes + SPARE_BYTES)} are needed and ${megabytes(free)} are free. Make room, or choose another folder.`,
    'no_space',
  );
}

/** Has the system write a file or a folder to the disk, so that a power failure does not take it. */
export async function settle(file: string): Promise<void> {
  const handle = await open(file, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** `20261122T020100Z`: sorts by time and is a file name everywhere. */
export function timeInName(now: Date): string {
  return now.toISOString().replace(/[-:]|\.\d+/g, '');
}

/** A limit on the size of files (EFBIG, which SQLite calls an I/O error) is a disk that is full, too. */
const FULL = /ENOSPC|EDQUOT|EFBIG|SQLITE_FULL|SQLITE_IOERR|No space left|File too large/;

/** What `error` means for somebody who writes to `folder`. */
export function asFullDisk(error: unknown, folder: string): unknown {
  const { code, message } = error as { code?: string; message?: string };
  if (!FULL.test(`${code} ${message}`)) return error;
  return new CommandError(
    `Not all of it could be written to ${folder}: the disk is full, a limit of this user is reached, or the disk fails. Nothing was kept of it. Make room, or choose another folder.`,
    'no_space',
    { cause: error },
  );
}

const megabytes = (bytes: number) => `${Math.ceil(bytes / 1e6).toLocaleString('en')} MB`;
