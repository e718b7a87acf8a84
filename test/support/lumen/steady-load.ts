import { setTimeout as delay } from 'node:timers/promises';
import { askMetered, type SeenAnswer } from './metered-caller.js';

interface LoadOptions {
  url: string;
  keys: readonly string[];
  perSecond: number;
}

/** More than these are not under way: beyond it the machine cannot keep up, and the rate says so. */
const MOST_UNDER_WAY = 300;

/** Callers who ask so many times a second, whether or not the earlier ones have their answers. */
export class SteadyLoad {
  private readonly asked: Promise<SeenAnswer>[] = [];
  private underWay = 0;
  private isStopped = false;
  private readonly startedMs = performance.now();
  private readonly asking: Promise<void>;

  constructor(private readonly options: LoadOptions) {
    this.asking = this.ask();
  }

  get count(): number {
    return this.asked.length;
  }

  /** What came of all of them, and how many were asked each second. */
  async stop(): Promise<{ answers: SeenAnswer[]; perSecond: number }> {
    this.isStopped = true;
    const seconds = (performance.now() - this.startedMs) / 1000;
    await this.asking;
    const answers = await Promise.all(this.asked);
    return { answers, perSecond: answers.length / seconds };
  }

  /** What is late is caught up with, so that a busy machine does not make it easier. */
  private async ask(): Promise<void> {
    const { url, keys, perSecond } = this.options;
    while (!this.isStopped) {
      const due = ((performance.now() - this.startedMs) / 1000) * perSecond;
      while (this.asked.length < due && this.underWay < MOST_UNDER_WAY) {
        const index = this.asked.length;
        const key = keys[index % keys.length]!;
        // Not in step with the keys, so that every one of them asks for both.
        const isStream = index % 3 === 0;
        this.underWay += 1;
        const answer = askMetered({ url, key, isStream, maxTokens: 5 });
        this.asked.push(answer.finally(() => (this.underWay -= 1)));
      }
      await delay(5);
    }
  }
}
