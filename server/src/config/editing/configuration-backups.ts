import { mkdir, open, readdir, readFile, stat, unlink } from 'node:fs/promises';
import path from 'node:path';

/** What the configuration was before a change. */
export interface Backup {
  id: string;
  /** When it was replaced. */
  at: Date;
  bytes: number;
}

const MOST_KEPT = 30;
const ID = /^\d{8}T\d{6}\d{3}Z(?:-\d{1,3})?$/;

/** Earlier texts of a configuration file, for its owner's eyes only, the newest first. */
export class ConfigurationBackups {
  private readonly directory: string;

  constructor(private readonly file: string) {
    this.directory = path.join(path.dirname(file), '.config-backups');
  }

  async list(): Promise<Backup[]> {
    const found = await Promise.all((await this.ids()).map((id) => this.describe(id)));
    return found.filter((backup) => backup !== null);
  }

  /** `undefined` when there is none of this id. */
  async read(id: string): Promise<string | undefined> {
    if (!ID.test(id)) return undefined;
    return readFile(this.pathOf(id), 'utf8').catch(() => undefined);
  }

  /** Keeps a text, and the newest ones before it. */
  async keep(text: string, at: Date): Promise<void> {
    await mkdir(this.directory, { recursive: true, mode: 0o700 });
    const handle = await this.create(at.toISOString().replace(/[-:.]/g, ''));
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    for (const id of (await this.ids()).slice(MOST_KEPT)) {
      await unlink(this.pathOf(id)).catch(() => undefined);
    }
  }

  private async create(id: string) {
    for (let more = 0; ; more += 1) {
      const name = more === 0 ? id : `${id}-${more}`;
      try {
        return await open(this.pathOf(name), 'wx', 0o600);
      } catch (cause) {
        if ((cause as NodeJS.ErrnoException).code !== 'EEXIST' || more > 100) throw cause;
      }
    }
  }

  private async ids(): Promise<string[]> {
    const prefix = `${path.basename(this.file)}.`;
    const names = await readdir(this.directory).catch(() => []);
    return names
      .filter((name) => name.startsWith(prefix) && ID.test(name.slice(prefix.length)))
      .map((name) => name.slice(prefix.length))
      .toSorted()
      .toReversed();
  }

  private async describe(id: string): Promise<Backup | null> {
    const [, year, month, day, hour, minute, second, milli] =
      /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z/.exec(id) ?? [];
    const found = await stat(this.pathOf(id)).catch(() => null);
    const at = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}.${milli}Z`);
    return found && { id, at, bytes: found.size };
  }

  private pathOf(id: string): string {
    return path.join(this.directory, `${path.basename(this.file)}.${id}`);
  }
}
