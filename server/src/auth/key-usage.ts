import { Logger } from '@nestjs/common';
import { type Repository } from 'typeorm';
import { type ApiKey } from './api-key.entity.js';

const WRITE_EVERY_MS = 10_000;
/** Each key takes three parameters of a statement; both databases take thousands. */
const KEYS_IN_A_STATEMENT = 200;

/** When keys were last used: noted in memory on the hot path, written behind it now and then. */
export class KeyUsage {
  private readonly logger = new Logger(KeyUsage.name);
  private lastUsed = new Map<string, number>();
  private timer: NodeJS.Timeout | null = null;
  private writing: Promise<void> = Promise.resolve();

  constructor(private readonly keys: Repository<ApiKey>) {}

  note(keyId: string, nowMs: number): void {
    this.lastUsed.set(keyId, nowMs);
    this.timer ??= setTimeout(() => void this.write(), WRITE_EVERY_MS).unref();
  }

  /** Writes what is noted and stops. */
  async close(): Promise<void> {
    await this.write();
  }

  private write(): Promise<void> {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    const batch = [...this.lastUsed];
    this.lastUsed = new Map();
    this.writing = this.writing.then(() => this.writeBatch(batch));
    return this.writing;
  }

  /** A lost time of last use harms nobody: a failure is logged and the next use is noted again. */
  private async writeBatch(batch: [id: string, usedMs: number][]): Promise<void> {
    try {
      for (let start = 0; start < batch.length; start += KEYS_IN_A_STATEMENT) {
        await this.writeSome(batch.slice(start, start + KEYS_IN_A_STATEMENT));
      }
    } catch (error) {
      this.logger.warn(
        `The last use of ${batch.length} API keys was not written: ${String(error)}`,
      );
    }
  }

  /** Many keys in one statement: a busy hour has thousands of them every ten seconds. */
  private async writeSome(some: readonly [id: string, usedMs: number][]): Promise<void> {
    const parameters: Record<string, string | number> = Object.fromEntries<string | number>(
      some.flatMap(([id, usedMs], index) => [
        [`id${index}`, id],
        [`at${index}`, usedMs],
      ]),
    );
    const cases = some.map((_, index) => `WHEN :id${index} THEN CAST(:at${index} AS BIGINT)`);
    await this.keys
      .createQueryBuilder()
      .update()
      .set({ lastUsedAt: () => `CASE id ${cases.join(' ')} ELSE last_used_at END` })
      .where('id IN (:...ids)', { ids: some.map(([id]) => id) })
      .setParameters(parameters)
      .execute();
  }
}
