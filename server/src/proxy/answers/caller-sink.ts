import { type ResponseSink } from './response-sink.js';

/** A comment: readers of event streams pass over it, proxies between see that the stream lives. */
const PING = Buffer.from(': ping\n\n');

/**
 * The caller of one request, whoever of several attempts in a row writes to it. It is subscribed to
 * once; who subscribes here is forgotten with the attempt. It also says now and then that an answer
 * goes on, where that would not be seen for long.
 */
export class CallerSink implements ResponseSink {
  isStarted = false;
  isGone = false;
  private isFull = false;
  private isEnded = false;
  private hasWritten = false;
  private quietSinceMs = 0;
  private whenGone: (() => void)[] = [];
  private whenDrained: (() => void) | null = null;
  private isDrainHeard = false;

  /** `leave` hears first that the caller has left, and is not forgotten. */
  constructor(
    private readonly door: ResponseSink,
    leave: () => void,
  ) {
    door.onGone(() => {
      this.isGone = true;
      leave();
      for (const listener of this.whenGone) listener();
    });
  }

  start(status: number, headers: Readonly<Record<string, string>>): void {
    this.isStarted = true;
    this.hasWritten = true;
    this.door.start(status, headers);
  }

  write(chunk: Buffer): boolean {
    this.hasWritten = true;
    const hasRoom = this.door.write(chunk);
    this.isFull = !hasRoom;
    return hasRoom;
  }

  end(): void {
    this.isEnded = true;
    this.door.end();
  }

  cut(): void {
    this.isEnded = true;
    this.door.cut();
  }

  onDrain(listener: () => void): void {
    this.whenDrained = listener;
    if (this.isDrainHeard) return;
    this.isDrainHeard = true;
    this.door.onDrain(() => {
      this.isFull = false;
      this.whenDrained?.();
    });
  }

  onGone(listener: () => void): void {
    if (this.isGone) listener();
    else this.whenGone.push(listener);
  }

  /** Another attempt begins. */
  forgetListeners(): void {
    this.whenGone = [];
    this.whenDrained = null;
  }

  /** Looked at now and then: writes a ping if nothing was written for so long. */
  pingIfQuiet(nowMs: number, quietMs: number): void {
    if (this.hasWritten) {
      this.hasWritten = false;
      this.quietSinceMs = nowMs;
      return;
    }
    const isOpen = this.isStarted && !this.isEnded && !this.isFull && !this.isGone;
    if (!isOpen || nowMs - this.quietSinceMs < quietMs) return;
    this.isFull = !this.door.write(PING);
    this.quietSinceMs = nowMs;
  }
}
