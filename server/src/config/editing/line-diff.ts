/** A line of a comparison of two texts, numbered from 1 in each of them that has it. */
export interface DiffLine {
  kind: 'same' | 'added' | 'removed' | 'gap';
  text: string;
  before: number | null;
  after: number | null;
}

const CONTEXT = 3;
/** Beyond this many pairs of lines, the changed part is shown as replaced as a whole. */
const MOST_PAIRS = 4_000_000;

/** What changed between two texts, with some lines around it; gaps stand for what is left out. */
export function lineDiff(before: string, after: string): DiffLine[] {
  if (before === after) return [];
  const [a, b] = [before.split('\n'), after.split('\n')];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  const most = Math.min(a.length, b.length) - start;
  while (end < most && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  const lines = [
    ...a.slice(0, start).map((text, index) => same(text, index, index)),
    ...changed([a, b], [start, a.length - end], [start, b.length - end]),
    ...a
      .slice(a.length - end)
      .map((text, index) => same(text, a.length - end + index, b.length - end + index)),
  ];
  return withoutDistant(lines);
}

function same(text: string, before: number, after: number): DiffLine {
  return { kind: 'same', text, before: before + 1, after: after + 1 };
}

/** By the longest common subsequence of the lines between. */
function changed(
  [a, b]: readonly [string[], string[]],
  [fromA, toA]: readonly [number, number],
  [fromB, toB]: readonly [number, number],
): DiffLine[] {
  const [height, width] = [toA - fromA, toB - fromB];
  const isSmall = height * width <= MOST_PAIRS;
  const lengths = isSmall ? commonLengths(a.slice(fromA, toA), b.slice(fromB, toB)) : undefined;
  const at = (i: number, j: number) => lengths?.[(i - fromA) * (width + 1) + (j - fromB)] ?? 0;
  const lines: DiffLine[] = [];
  let [i, j] = [fromA, fromB];
  while (i < toA || j < toB) {
    if (lengths && i < toA && j < toB && a[i] === b[j]) lines.push(same(a[i]!, i++, j++));
    else if (j >= toB || (i < toA && at(i + 1, j) >= at(i, j + 1))) {
      lines.push({ kind: 'removed', text: a[i]!, before: ++i, after: null });
    } else lines.push({ kind: 'added', text: b[j]!, before: null, after: ++j });
  }
  return lines;
}

function commonLengths(a: readonly string[], b: readonly string[]): Uint32Array {
  const width = b.length + 1;
  const lengths = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      lengths[i * width + j] =
        a[i] === b[j]
          ? lengths[(i + 1) * width + j + 1]! + 1
          : Math.max(lengths[(i + 1) * width + j]!, lengths[i * width + j + 1]!);
    }
  }
  return lengths;
}

function withoutDistant(lines: readonly DiffLine[]): DiffLine[] {
  const near = new Set<number>();
  lines.forEach(({ kind }, index) => {
    if (kind === 'same') return;
    for (let each = index - CONTEXT; each <= index + CONTEXT; each += 1) near.add(each);
  });
  return lines.flatMap((line, index) => {
    if (near.has(index)) return [line];
    const isFirstOfGap = index === 0 || near.has(index - 1);
    return isFirstOfGap ? [{ kind: 'gap' as const, text: '', before: null, after: null }] : [];
  });
}
