import { DestroyRef, Service, computed, inject, signal } from '@angular/core';

/** When to say that it takes long; the attempts go on. */
const LOST_AFTER_MS = 30_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 5_000;

/** How the connection to the answers that are being written is, and when to try again. */
@Service()
export class Reconnection {
  private readonly broken = signal<ReadonlySet<object>>(new Set());
  private readonly isLong = signal(false);
  private readonly waiting = new Set<() => void>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** ok; reconnecting: it broke and is being tried again; lost: for so long that people may act. */
  readonly state = computed(() => {
    if (this.broken().size === 0) return 'ok';
    return this.isLong() ? 'lost' : 'reconnecting';
  });

  constructor() {
    const online = () => this.tryNow();
    window.addEventListener('online', online);
    inject(DestroyRef).onDestroy(() => window.removeEventListener('online', online));
  }

  /** The connection of something broke. */
  note(what: object): void {
    if (this.broken().size === 0)
      this.timer = setTimeout(() => this.isLong.set(true), LOST_AFTER_MS);
    this.broken.update((broken) => new Set([...broken, what]));
  }

  /** It is connected again, or needs it no more. */
  forget(what: object): void {
    if (!this.broken().has(what)) return;
    this.broken.update((broken) => new Set([...broken].filter((one) => one !== what)));
    if (this.broken().size > 0) return;
    clearTimeout(this.timer);
    this.isLong.set(false);
  }

  /** Ends all pauses, because somebody asks for it or the network is back. */
  tryNow(): void {
    for (const go of [...this.waiting]) go();
  }

  /** The pause before the next attempt: longer each time, of random length, so that not all come at once. */
  pause(attempt: number, signal: AbortSignal): Promise<void> {
    const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt);
    return new Promise((resolve) => {
      const go = () => {
        clearTimeout(timer);
        this.waiting.delete(go);
        signal.removeEventListener('abort', go);
        resolve();
      };
      const timer = setTimeout(go, longest * (0.5 + Math.random() / 2));
      this.waiting.add(go);
      signal.addEventListener('abort', go);
    });
  }
}
