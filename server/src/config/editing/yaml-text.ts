import { isMap, isScalar, isSeq, type Node, type Pair, stringify, type YAMLMap } from 'yaml';

/** A piece of the text and what comes in its place. */
export interface TextEdit {
  start: number;
  end: number;
  text: string;
}

/** Edits must not overlap; those at one place stay in their order. */
export function applyEdits(
  text: string,
  edits: readonly TextEdit[],
  [from, to]: readonly [number, number] = [0, text.length],
): string {
  let result = '';
  let end = from;
  for (const edit of edits.toSorted((one, other) => one.start - other.start)) {
    result += text.slice(end, edit.start) + edit.text;
    end = Math.max(end, edit.end);
  }
  return result + text.slice(end, to);
}

const STYLE = { lineWidth: 0, compat: 'yaml-1.1' } as const;

/** Lines of a value as it stands below something, each with this many spaces before it. */
export function blockOf(value: unknown, indent: number): string {
  const text = stringify(plainOf(value), { ...STYLE, aliasDuplicateObjects: false });
  return text.replace(/^(?=.)/gm, ' '.repeat(indent));
}

/** A value on the line of its key. */
export function inlineOf(value: unknown, quote = ''): string {
  if (typeof value === 'object' && value !== null) {
    const flow = { ...STYLE, collectionStyle: 'flow', flowCollectionPadding: false } as const;
    return stringify(plainOf(value), flow).trimEnd();
  }
  if (typeof value !== 'string') return stringify(value).trimEnd();
  if (quote === '"' || /\p{Cc}/u.test(value)) return JSON.stringify(value);
  if (quote === "'") return `'${value.replaceAll("'", "''")}'`;
  // Within a list of texts, so that what would need quotes there gets them.
  return stringify([value], { ...STYLE, collectionStyle: 'flow', flowCollectionPadding: false })
    .trim()
    .slice(1, -1);
}

/** The yaml package takes mappings without a prototype for something else. */
function plainOf(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value)) as unknown;
}

export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** The start of the next line. */
export function lineEnd(text: string, offset: number): number {
  const found = text.indexOf('\n', offset);
  return found < 0 ? text.length : found + 1;
}

export function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}

/** Where the last thing that belongs to a node ends; comments after it do not. */
export function contentEnd(text: string, node: unknown): number {
  if (isMap(node) && !node.flow && node.items.length > 0) {
    const last = node.items.at(-1) as Pair<Node, Node | null>;
    return Math.max(contentEnd(text, last.key), contentEnd(text, last.value));
  }
  if (isSeq(node) && !node.flow && node.items.length > 0)
    return contentEnd(text, node.items.at(-1));
  const [start = 0, end = 0] = (node as Node | null)?.range ?? [];
  return start + text.slice(start, end).trimEnd().length;
}

export function pairOf(map: YAMLMap, name: string | number): Pair<Node, Node | null> | undefined {
  return (map.items as Pair<Node, Node | null>[]).find(
    ({ key }) => isScalar(key) && String(key.value) === String(name),
  );
}

/**
 * The end of what may belong to a section whose keys stand at `column` or deeper: the lines from
 * `offset` up to the first that says something to the left of it.
 */
export function regionEnd(text: string, offset: number, column: number): number {
  let line = lineEnd(text, offset);
  while (line < text.length) {
    const next = lineEnd(text, line);
    const content = /^( *)([^\s#])/.exec(text.slice(line, next));
    if (content && content[1]!.length < column) return line;
    line = next;
  }
  return text.length;
}

/** Past the comments that stand deeper than a column: they belong to what is above them. */
export function pastNotes(text: string, offset: number, column: number | undefined): number {
  let line = offset;
  while (column !== undefined && line < text.length) {
    const next = lineEnd(text, line);
    const note = /^( *)#/.exec(text.slice(line, next));
    if (!note || note[1]!.length <= column) break;
    line = next;
  }
  return line;
}

/** Where `#name: …` stands as a comment between two places: the end of its line, and its column. */
export function commentedKey(
  text: string,
  [from, to]: readonly [number, number],
  name: string,
  column: number | undefined,
): { end: number; column: number } | undefined {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const pattern = new RegExp(`^( *)# ?["']?${escaped}["']?:(?= |\\r?$)`, 'gm');
  for (const match of text.slice(from, to).matchAll(pattern)) {
    const found = match[1]!.length;
    if (column === undefined || found === column) {
      return { end: lineEnd(text, from + match.index), column: found };
    }
  }
  return undefined;
}
