/**
 * Where an answer goes. The relay is all that writes to it; it says when it is full, when it has
 * room again, and when whoever reads it has left.
 */
export interface ResponseSink {
  /** Begins the answer; called once, before `write`. */
  start(status: number, headers: Readonly<Record<string, string>>): void;
  /** False: full, wait for `onDrain` before writing more. */
  write(chunk: Buffer): boolean;
  /** The answer is complete. */
  end(): void;
  /** The answer cannot be completed; whoever reads it must see that it is cut. */
  cut(): void;
  onDrain(listener: () => void): void;
  /** The reader has left before the answer was complete; at once if that was before. */
  onGone(listener: () => void): void;
}
