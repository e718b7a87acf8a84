import { randomBytes } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import { access, open, readFile, realpath, rename, stat, unlink } from 'node:fs/promises';
import path from 'node:path';
import { digestOf } from '../load-configuration.js';
import { describeReadError } from '../read-configuration-file.js';
import { ConfigurationBackups } from './configuration-backups.js';

export interface StoredText {
  text: string;
  /** Changes whenever the text does. */
  version: string;
}

/** Why the console may not write the file. */
export type ReadOnlyReason = 'not_writable' | 'mounted';

const LOCK_AGE_MS = 30_000;

/** The file was changed by somebody else since it was read. */
export class ChangedMeanwhile extends Error {}

/** Somebody else writes the file right now. */
export class WrittenNow extends Error {}

/** The configuration file on disk: written as a whole or not at all, with what was there kept. */
export class ConfigurationStore {
  constructor(private readonly file: string) {}

  /** @throws Error that says in words why the file cannot be read */
  async read(): Promise<StoredText> {
    try {
      const text = await readFile(this.file, 'utf8');
      return { text, version: versionOf(text) };
    } catch (cause) {
      throw new Error(describeReadError(this.file, cause), { cause });
    }
  }

  /** A file is replaced by renaming another one, so its directory has to be writable as well. */
  async readOnlyReason(): Promise<ReadOnlyReason | null> {
    try {
      const target = await realpath(this.file);
      if (await isMountPoint(target)) return 'mounted';
      await access(target, constants.W_OK);
      await access(path.dirname(target), constants.W_OK | constants.X_OK);
      return null;
    } catch {
      return 'not_writable';
    }
  }

  /** Kept beside the real file, not beside a link to it. */
  async backups(): Promise<ConfigurationBackups> {
    return new ConfigurationBackups(await realpath(this.file));
  }

  /**
   * Replaces the text if it still has this version, and keeps the one before as a backup. `around` is
   * called when nothing but the renaming is left, and does it by what it is given.
   * @throws ChangedMeanwhile, also where that was while `around` prepared; WrittenNow
   */
  async write(
    text: string,
    version: string,
    at: Date,
    around: (replace: () => Promise<void>) => Promise<void>,
  ): Promise<void> {
    const target = await realpath(this.file);
    const release = await lock(`${target}.lock`, at);
    const next = `${target}.${randomBytes(6).toString('hex')}.tmp`;
    try {
      const old = await this.readUnchanged(version);
      await writeLike(next, text, await stat(target));
      await new ConfigurationBackups(target).keep(old.text, at);
      await around(async () => {
        await this.readUnchanged(version);
        await rename(next, target);
      });
      await syncDirectory(path.dirname(target));
    } finally {
      await unlink(next).catch(() => undefined);
      await release();
    }
  }

  private async readUnchanged(version: string): Promise<StoredText> {
    const stored = await this.read();
    if (stored.version !== version) throw new ChangedMeanwhile();
    return stored;
  }
}

/** In letters that need no escaping in an address. */
export function versionOf(text: string): string {
  return Buffer.from(digestOf(text), 'base64').toString('base64url');
}

/** The mode and the owner of a file survive its replacement. */
async function writeLike(file: string, text: string, like: Stats): Promise<void> {
  const mode = like.mode & 0o777;
  const handle = await open(file, 'wx', mode & 0o700);
  try {
    await handle.writeFile(text);
    const own = await handle.stat();
    if (own.uid !== like.uid || own.gid !== like.gid) await handle.chown(like.uid, like.gid);
    await handle.chmod(mode);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function lock(file: string, at: Date): Promise<() => Promise<void>> {
  const take = () => open(file, 'wx', 0o600);
  const handle = await take().catch(async (cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'EEXIST') throw cause;
    const age = await stat(file).then(
      ({ mtimeMs }) => at.getTime() - mtimeMs,
      () => 0,
    );
    if (age < LOCK_AGE_MS) throw new WrittenNow();
    // Whoever took it has died.
    await unlink(file).catch(() => undefined);
    return take();
  });
  await handle.close();
  return () => unlink(file).catch(() => undefined);
}

async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A file that a container mounts by itself cannot be replaced, only its directory could be. */
async function isMountPoint(file: string): Promise<boolean> {
  const mounts = await readFile('/proc/self/mountinfo', 'utf8').catch(() => '');
  const escaped = file.replace(
    /[ \t\n\\]/g,
    (letter) => `\\${letter.charCodeAt(0).toString(8).padStart(3, '0')}`,
  );
  return mounts.split('\n').some((line) => line.split(' ')[4] === escaped);
}
