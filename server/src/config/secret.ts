import { inspect } from 'node:util';

const HIDDEN = '[secret]';

/**
 * A value that must not be printed: logs, JSON, templates and the debugger all show `[secret]`.
 * `reveal()` is the only way to the text, so a search for it finds every place that uses a secret.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
    Object.freeze(this);
  }

  /** The text itself. Never log it, never put it into an error. */
  reveal(): string {
    return this.#value;
  }

  equals(other: Secret): boolean {
    return this.#value === other.#value;
  }

  toString(): string {
    return HIDDEN;
  }

  toJSON(): string {
    return HIDDEN;
  }

  [inspect.custom](): string {
    return HIDDEN;
  }
}
