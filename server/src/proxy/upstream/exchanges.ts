import { LinkedList } from '../../infrastructure/collections/linked-list.js';
import { AppError } from '../../infrastructure/errors/app-error.js';
import { type Exchange } from './exchange.js';

const LOOK_EVERY_MS = 250;

/** Asked anew each time. */
export interface ExchangeTerms {
  /** Of the monotonic clock. */
  nowMs(): number;
  /** Silence after which callers of a stream get a ping; 0: never. */
  pingMs(): number;
}

/**
 * All calls that are under way, and the one timer that looks whether they keep to their limits. It
 * runs only while there is something to look at.
 */
export class Exchanges {
  private readonly open = new LinkedList<Exchange>();
  private timer: NodeJS.Timeout | null = null;
  private lookedAtMs = 0;
  private hasSkipped = false;
  private whenIdle: (() => void) | null = null;
  private draining: AppError | null = null;

  constructor(private readonly terms: ExchangeTerms) {}

  add(exchange: Exchange): void {
    exchange.place = this.open.add(exchange);
    if (this.draining) exchange.drain(this.draining);
    if (this.timer) return;
    this.lookedAtMs = this.terms.nowMs();
    this.timer = setInterval(() => this.look(), LOOK_EVERY_MS).unref();
  }

  delete(exchange: Exchange): void {
    if (exchange.place) this.open.remove(exchange.place);
    if (this.open.size === 0) this.whenIdle?.();
  }

  /** Resolves when nothing is under way, at the latest after `graceMs`; then what is left is cut. */
  async drain(graceMs: number): Promise<void> {
    const reason = new AppError('shutting_down', 'Lumen is restarting. Send the request again.');
    this.draining = reason;
    for (const exchange of this.open.values) exchange.drain(reason);
    if (this.open.size === 0) return;
    const { promise: idle, resolve } = Promise.withResolvers<void>();
    this.whenIdle = resolve;
    const timer = setTimeout(() => {
      for (const exchange of this.open.values) exchange.abort(reason);
    }, graceMs);
    await idle;
    clearTimeout(timer);
  }

  /**
   * Where the process was held up, what backends sent meanwhile is not read yet: it is given one more
   * round before anything is called silent.
   */
  private look(): void {
    const nowMs = this.terms.nowMs();
    const isLate = nowMs - this.lookedAtMs > 2 * LOOK_EVERY_MS;
    this.lookedAtMs = nowMs;
    if (this.open.size === 0) return this.rest();
    this.hasSkipped = isLate && !this.hasSkipped;
    if (this.hasSkipped) return;
    const pingMs = this.terms.pingMs();
    for (const exchange of this.open.values) exchange.look(nowMs, pingMs);
  }

  private rest(): void {
    if (this.timer) clearInterval(this.timer);
    this.timer = null;
  }
}
