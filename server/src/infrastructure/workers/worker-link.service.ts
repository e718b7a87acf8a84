import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { say } from './handed-connections.js';
import { isOurs, ownWorkerNumber, type ToWorker, type WorkerPage } from './worker-messages.js';

/** Longer than this nobody waits for what the others say. */
const LONGEST_MS = 3_000;

type Page = () => Promise<string>;

/** This process among the workers of its host, where there are any (`server.workers`). */
@Injectable()
export class WorkerLinkService implements OnApplicationShutdown {
  readonly number = ownWorkerNumber();
  private page: Page | null = null;
  private questions = 0;
  private readonly waiting = new Map<number, (pages: readonly WorkerPage[]) => void>();

  /** From now on `page` is what this process says of itself when any worker asks all. */
  offer(page: Page): void {
    this.page = page;
    if (this.number !== null) process.on('message', this.hear);
  }

  /** What every worker says of itself; null where this process is alone, or nobody answers in time. */
  async askAll(): Promise<readonly WorkerPage[] | null> {
    if (this.number === null || !process.connected) return null;
    const question = (this.questions += 1);
    const { promise, resolve } = Promise.withResolvers<readonly WorkerPage[] | null>();
    const timer = setTimeout(() => resolve(null), LONGEST_MS);
    this.waiting.set(question, resolve);
    say({ lumen: 'ask', question });
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      this.waiting.delete(question);
    }
  }

  onApplicationShutdown(): void {
    process.off('message', this.hear);
  }

  private readonly hear = (message: unknown): void => {
    if (!isOurs<ToWorker>(message)) return;
    if (message.lumen === 'pages') this.waiting.get(message.question)?.(message.pages);
    if (message.lumen === 'tell') void this.tell(message.question);
  };

  private async tell(question: number): Promise<void> {
    const text = (await this.page?.().catch(() => '')) ?? '';
    say({ lumen: 'page', question, text });
  }
}
