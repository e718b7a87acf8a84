import { type Message } from './message.entity.js';
import { oldestFirst } from './newest-leaf.js';

type Compared = Pick<Message, 'id' | 'comparisonId' | 'createdAt'>;

/** A branch with, right after each compared answer in it, the others of its comparison. */
export function withComparisons<T extends Compared>(
  branch: readonly T[],
  compared: readonly T[],
): T[] {
  const shown = new Set(branch.map(({ id }) => id));
  const others = compared
    .filter(({ id }) => !shown.has(id))
    .sort((one, other) => oldestFirst(withMs(one), withMs(other)));
  return branch.flatMap((message) => [
    message,
    ...others.filter(
      ({ comparisonId }) => comparisonId !== null && comparisonId === message.comparisonId,
    ),
  ]);
}

const withMs = ({ id, createdAt }: Compared) => ({ id, createdMs: createdAt.getTime() });
