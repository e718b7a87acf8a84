/**
 * The same pieces, the first of which is read already: what cannot be read at all fails here, where it
 * can still be told, and not in the middle of an answer that has begun. Ending it ends `pieces`.
 *
 * @throws what reading the first piece throws
 */
export async function begun<T>(pieces: AsyncGenerator<T>): Promise<AsyncIterableIterator<T>> {
  let first: IteratorResult<T> | null = await pieces.next();
  const rest: AsyncIterableIterator<T> = {
    next() {
      const result = first;
      first = null;
      return result ? Promise.resolve(result) : pieces.next();
    },
    return: () => pieces.return(undefined),
    [Symbol.asyncIterator]: () => rest,
  };
  return rest;
}
