import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { RequestLogRepository } from './request-log.repository.js';
import { type RequestRecord } from './request-record.js';

const MOST_IN_A_BATCH = 1_000;
const MOST_WAITING = 100_000;
const RETRY_AFTER_MS = 1_000;

/**
 * Collects the records of an event-loop turn and writes them together. What cannot be written waits
 * and is tried again, up to a bound; beyond it the oldest are given up, loudly.
 */
@Injectable()
export class RequestLogService implements BeforeApplicationShutdown {
  private readonly logger = new Logger(RequestLogService.name);
  private waiting: RequestRecord[] = [];
  private isScheduled = false;
  private writing: Promise<void> = Promise.resolve();

  constructor(private readonly repository: RequestLogRepository) {}

  /** Records that are not written yet. */
  get backlog(): number {
    return this.waiting.length;
  }

  /** Takes a record to write soon; never throws and never waits. */
  append(record: RequestRecord): void {
    this.waiting.push(record);
    if (this.waiting.length > MOST_WAITING) this.giveUpOldest();
    if (this.isScheduled) return;
    this.isScheduled = true;
    setImmediate(() => this.startWriting());
  }

  /** Resolves when everything taken so far is in the database, or a write has failed. */
  async flush(): Promise<void> {
    this.startWriting();
    await this.writing;
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.flush();
    if (this.waiting.length > 0) {
      this.logger.error(
        `${this.waiting.length} requests could not be written to the log and are lost.`,
      );
    }
  }

  private startWriting(): void {
    this.isScheduled = false;
    this.writing = this.writing.then(() => this.writeAll());
  }

  private async writeAll(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, MOST_IN_A_BATCH);
      try {
        await this.repository.append(batch);
      } catch (error) {
        this.waiting = batch.concat(this.waiting);
        this.tryAgainLater(error);
        return;
      }
    }
  }

  private tryAgainLater(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.logger.error(
      `The request log cannot be written (${reason}); ${this.waiting.length} wait.`,
    );
    if (this.isScheduled) return;
    this.isScheduled = true;
    setTimeout(() => this.startWriting(), RETRY_AFTER_MS).unref();
  }

  private giveUpOldest(): void {
    const given = this.waiting.splice(0, MOST_IN_A_BATCH).length;
    this.logger.error(`${given} requests are missing from the request log: too many wait for it.`);
  }
}
