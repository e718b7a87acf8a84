import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { formatPath, parsePath } from '../paths.js';
import { type Problem } from '../problem.js';
import { parseYaml } from '../yaml-tree.js';
import { canonicalPath } from './schema-place.js';
import { pairOf } from './yaml-text.js';

export interface PlacedProblem extends Problem {
  /** The line of the text it is about, from 1; none for the file as a whole. */
  line: number | null;
  /** The path in the spelling of the form. */
  field: string;
}

/** Finds the line of each problem: that of its key, or of the nearest thing around it. */
export function placeProblems(problems: readonly Problem[], text: string): PlacedProblem[] {
  if (problems.length === 0) return [];
  const lines = new LineCounter();
  const tree = parseYaml(text).ok
    ? parseDocument(text, { lineCounter: lines, logLevel: 'silent' })
    : undefined;
  return problems.map((problem) => {
    const named = / at line (\d+)/.exec(problem.path === '' ? problem.message : '');
    if (named) return { ...problem, field: '', line: Number(named[1]) };
    const path = parsePath(problem.path);
    const field = formatPath(canonicalPath(path));
    const offset = tree && offsetOf(tree.contents, path);
    return { ...problem, field, line: offset === undefined ? null : lines.linePos(offset).line };
  });
}

function offsetOf(contents: unknown, path: readonly (string | number)[]): number | undefined {
  let node = contents;
  let offset: number | undefined;
  for (const part of path) {
    if (isMap(node)) {
      const pair = pairOf(node, part);
      if (!pair || !isScalar(pair.key)) return offset;
      offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(part)];
      offset = (node as Node | undefined)?.range?.[0] ?? offset;
    } else return offset;
  }
  return offset;
}
