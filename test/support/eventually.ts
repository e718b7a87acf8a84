import { expect } from '@jest/globals';

const LOOK_EVERY_MS = 25;
/** Shorter than a test may take, so that what never came about is told, with the last look at it. */
const LONGEST_WAIT_MS = 20_000;

/** What can be expected of something that is still on its way; each as `expect` has it. */
export interface Eventually<T> {
  toBe(expected: T): Promise<void>;
  toEqual(expected: unknown): Promise<void>;
  toMatchObject(expected: object): Promise<void>;
  toContain(expected: unknown): Promise<void>;
  toMatch(expected: RegExp): Promise<void>;
  toHaveLength(expected: number): Promise<void>;
  toBeGreaterThan(expected: number): Promise<void>;
}

/**
 * For what an action brings about without saying when, above all on a page: reads until it is as
 * expected, and fails as the last reading did. `await eventually(() => field.inputValue()).toBe('')`.
 *
 * That something does not happen cannot be seen this way, for it is so from the start: wait first for
 * what comes after it.
 */
export function eventually<T>(read: () => T | Promise<T>): Eventually<T> {
  const holds = async (check: (value: T) => void): Promise<void> => {
    const deadlineMs = performance.now() + LONGEST_WAIT_MS;
    for (;;) {
      try {
        return check(await read());
      } catch (error) {
        if (performance.now() > deadlineMs) throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  };
  return {
    toBe: (expected) => holds((value) => expect(value).toBe(expected)),
    toEqual: (expected) => holds((value) => expect(value).toEqual(expected)),
    toMatchObject: (expected) => holds((value) => expect(value as object).toMatchObject(expected)),
    toContain: (expected) => holds((value) => expect(value).toContain(expected)),
    toMatch: (expected) => holds((value) => expect(value as string).toMatch(expected)),
    toHaveLength: (expected) => holds((value) => expect(value as string).toHaveLength(expected)),
    toBeGreaterThan: (expected) =>
      holds((value) => expect(value as number).toBeGreaterThan(expected)),
  };
}
