import { KeptBytes } from './kept-bytes.js';

const MOST_KEPT_BYTES = 64 * 1024;
/**
 * A line that readers of event streams make something of: anything but an empty one, a comment, and
 * fields of which no event comes. `event: error` is enough for some backends to say that they failed.
 */
const SAYING = /^(?!$|:|(?:id|retry|event)(?:$|:(?!\s*error\b)))/m;

/** Whether these events, decoded as latin1, are more than comments and their like. */
export function saysSomething(events: string): boolean {
  return SAYING.test(events);
}

/**
 * What a backend, or a proxy before it, sends while there is no answer yet, so that its connection is
 * not taken for dead. The caller gets it with the first event: with less, nothing could be tried again.
 */
export class SignsOfLife {
  private readonly kept = new KeptBytes();

  /** Whole ones only; what goes beyond the limit is left out. */
  keep(events: Buffer): void {
    if (this.kept.length + events.length <= MOST_KEPT_BYTES) this.kept.push(events);
  }

  take(): Buffer {
    return this.kept.take();
  }
}
