/**
 * A point at which an answer waits until the test says so, in place of a pause that is now too short
 * and now too long.
 */
export class Gate {
  readonly opened: Promise<void>;
  readonly open: () => void;

  constructor() {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.opened = promise;
    this.open = resolve;
  }
}
