interface Node {
  readonly id: string;
  readonly parentId: string | null;
}

/** A message of a tree with all that follows it, itself first; empty if it is not in the tree. */
export function subtreeOf<T extends Node>(tree: readonly T[], topId: string): T[] {
  const followers = new Map<string | null, T[]>();
  for (const message of tree) {
    const beside = followers.get(message.parentId);
    if (beside) beside.push(message);
    else followers.set(message.parentId, [message]);
  }
  const found = tree.filter(({ id }) => id === topId);
  // Grows while it is walked through: no recursion, for branches are thousands of messages long.
  for (const message of found) found.push(...(followers.get(message.id) ?? []));
  return found;
}
