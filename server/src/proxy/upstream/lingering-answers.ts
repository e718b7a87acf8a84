import { LinkedList, type Place } from '../../infrastructure/collections/linked-list.js';

const PATIENCE_MS = 2_000;
const LOOK_EVERY_MS = 500;

/** An answer that its caller has whole, and its backend has not ended. */
export interface LingeringAnswer {
  /** Cuts the backend off. */
  cutOff(): void;
}

/** Since when an answer lingers, on the monotonic clock. */
interface Lingering {
  readonly answer: LingeringAnswer;
  readonly sinceMs: number;
}

/** By which an answer is forgotten. */
export type LingeringPlace = Place<Lingering>;

/**
 * Answers whose callers have been served and whose backends go on. The end usually comes at once, and
 * the connection is good for the next request; a backend that never ends loses it. One timer looks,
 * and only while there is something to look at.
 */
export class LingeringAnswers {
  private readonly open = new LinkedList<Lingering>();
  private timer: NodeJS.Timeout | null = null;

  /** `nowMs`: of the monotonic clock. */
  constructor(private readonly nowMs: () => number) {}

  add(answer: LingeringAnswer): LingeringPlace {
    this.timer ??= setInterval(() => this.look(), LOOK_EVERY_MS).unref();
    return this.open.add({ answer, sinceMs: this.nowMs() });
  }

  /** It has ended, or was cut off. */
  forget(place: LingeringPlace): void {
    this.open.remove(place);
  }

  private look(): void {
    if (this.open.size === 0) {
      clearInterval(this.timer!);
      this.timer = null;
      return;
    }
    const nowMs = this.nowMs();
    // They are in the order in which they came.
    for (let { first } = this.open; first; { first } = this.open) {
      if (nowMs - first.value.sinceMs < PATIENCE_MS) return;
      this.open.remove(first);
      first.value.answer.cutOff();
    }
  }
}
