import { type ListedUser } from '../../core/api/schema';

/** How one person came out of a piece of work on many. */
export interface Outcome {
  user: ListedUser;
  state: 'waiting' | 'running' | 'done' | 'failed' | 'undone';
  /** What happened, or why it did not. */
  note: string;
  /** Takes it back, where that is possible. */
  undo?: () => Promise<unknown>;
}

/** What is done to each; answers how to take it back, if it can be. */
export type Work = (user: ListedUser) => Promise<{ note: string; undo?: () => Promise<unknown> }>;

const AT_ONCE = 4;

/** Runs some work on many things, a few at a time, until the signal ends it. */
export async function inTurns<T>(
  items: readonly T[],
  work: (item: T) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const waiting = [...items];
  const worker = async () => {
    for (;;) {
      const item = signal.aborted ? undefined : waiting.shift();
      if (item === undefined) return;
      await work(item);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
