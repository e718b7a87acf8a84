import { type Node, type YAMLSeq } from 'yaml';
import { type ListItem, type TreeChange } from './tree-changes.js';
import {
  applyEdits,
  blockOf,
  columnOf,
  contentEnd,
  lineEnd,
  lineStart,
  type TextEdit,
} from './yaml-text.js';

/**
 * The items of a list with dashes in another order, some changed, some new. An item takes the
 * comments right above its dash and everything down to the next item along.
 */
export function arrangedItems(
  text: string,
  list: YAMLSeq<Node>,
  items: readonly ListItem[],
  editsOf: (changes: readonly TreeChange[]) => TextEdit[],
): TextEdit {
  const starts = list.items.map((item) => lineStart(text, item.range![0]));
  const dash = columnOf(text, text.indexOf('-', starts[0]));
  const tops = starts.map((start, index) => (index === 0 ? start : topOf(text, start, dash)));
  const end = lineEnd(text, contentEnd(text, list));
  const pieceOf = (item: ListItem): string => {
    if ('value' in item) return blockOf([item.value], dash);
    const range = [tops[item.from]!, tops[item.from + 1] ?? end] as const;
    const piece = applyEdits(text, editsOf(item.changes), range);
    return piece.endsWith('\n') ? piece : `${piece}\n`;
  };
  return { start: tops[0]!, end, text: items.map(pieceOf).join('') };
}

/** The first of the comment lines that stand right above a dash, as far to the right as it. */
function topOf(text: string, start: number, dash: number): number {
  let top = start;
  while (top > 0) {
    const above = lineStart(text, top - 1);
    const line = text.slice(above, top);
    if (!new RegExp(`^ {${dash}}#`).test(line)) break;
    top = above;
  }
  return top;
}
