/** Names that differ in case or in the way words are joined are the same to a reader. */
function plain(name: string): string {
  return name.replace(/[\s_-]/g, '').toLowerCase();
}

const LONGEST_COMPARED = 64;

/** The known name that was probably meant, or `undefined` when none is close. */
export function nearestName(name: string, known: Iterable<string>): string | undefined {
  const wanted = plain(name);
  if (wanted.length > LONGEST_COMPARED) return undefined;
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const candidate of known) {
    const distance = editDistance(wanted, plain(candidate));
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best ?? longerName(wanted, known);
}

const SHORTEST_PREFIX = 4;

/** `input_cost` for `input_cost_per_million`, if only one name begins like that. */
function longerName(wanted: string, known: Iterable<string>): string | undefined {
  if (wanted.length < SHORTEST_PREFIX) return undefined;
  const longer = [...known].filter((candidate) => plain(candidate).startsWith(wanted));
  return longer.length === 1 ? longer[0] : undefined;
}

/** Insertions, deletions, replacements and swaps of neighbours that lead from one to the other. */
function editDistance(from: string, to: string): number {
  if (Math.abs(from.length - to.length) > LONGEST_COMPARED) return LONGEST_COMPARED;
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[row - 1] === to[column - 1];
      let cost = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (swapped) cost = Math.min(cost, (beforeLast[column - 2] ?? 0) + 1);
      current.push(cost);
    }
    [beforeLast, last] = [last, current];
  }
  return last[to.length] ?? 0;
}
