import { Logger } from '@nestjs/common';
import { type Repository } from 'typeorm';
import { type ApiKey } from './api-key.entity.js';

const WRITE_EVERY_MS = 10_000;

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
    const batch = this.lastUsed;
    this.lastUsed = new Map();
    this.writing = this.writing.then(() => this.writeBatch(batch));
    return this.writing;
  }

  /** A lost time of last use harms nobody: a failure is logged and the next use is noted again. */
  private async writeBatch(batch: Map<string, number>): Promise<void> {
    try {
      for (const [id, usedMs] of batch) {
        await this.keys.update({ id }, { lastUsedAt: new Date(usedMs) });
      }
    } catch (error) {
      this.logger.warn(`The last use of ${batch.size} API keys was not written: ${String(error)}`);
    }
  }
}
