/** What of a message decides where a branch is followed to. */
export interface MessageLeaf {
  readonly id: string;
  readonly parentId: string | null;
  readonly comparisonId: string | null;
  readonly createdMs: number;
}

/**
 * Where a branch ends that is shown from the top of these: at what was said last. Of answers that
 * were asked for together and that nobody has gone on with, at the first, for the others stand beside it.
 */
export function newestLeaf<T extends MessageLeaf>(tree: readonly T[]): T | null {
  const parents = new Set(tree.map(({ parentId }) => parentId));
  const leaves = tree.filter(({ id }) => !parents.has(id)).sort(oldestFirst);
  const newest = leaves.at(-1);
  if (!newest?.comparisonId) return newest ?? null;
  const beside = leaves.filter(({ comparisonId }) => comparisonId === newest.comparisonId);
  return beside[0] ?? newest;
}

/** The order of siblings: ids made by one process sort by time within a millisecond too. */
export function oldestFirst(
  one: Pick<MessageLeaf, 'id' | 'createdMs'>,
  other: Pick<MessageLeaf, 'id' | 'createdMs'>,
): number {
  if (one.createdMs !== other.createdMs) return one.createdMs - other.createdMs;
  return one.id < other.id ? -1 : Number(one.id > other.id);
}
