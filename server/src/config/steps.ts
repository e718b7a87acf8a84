import { setImmediate as nextTurn } from 'node:timers/promises';

/** Work on a whole configuration; each `yield` is a good moment for a pause. */
export type Steps<T> = Generator<void, T>;

/** Does all of the work at once, for who has nothing else to do meanwhile. */
export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Gives way to others between the steps: a large file is much work while requests wait. */
export async function inTurns<T>(steps: Steps<T>): Promise<T> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await nextTurn();
  }
}
