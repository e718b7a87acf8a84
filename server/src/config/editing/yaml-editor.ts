import { isMap, isScalar, isSeq, type Node, type Pair, parseDocument, type YAMLSeq } from 'yaml';
import { ALIASES } from '../aliases.js';
import { formatPath, type Path } from '../paths.js';
import { isMapping, mappingAt, valueAt, type YamlMapping } from '../yaml-tree.js';
import { type FileTree } from './file-tree.js';
import { canonicalPath } from './schema-place.js';
import { type TreeChange } from './tree-changes.js';
import { arrangedItems } from './yaml-lists.js';
import {
  applyEdits,
  blockOf,
  columnOf,
  commentedKey,
  contentEnd,
  inlineOf,
  lineEnd,
  lineStart,
  pairOf,
  pastNotes,
  regionEnd,
  type TextEdit,
} from './yaml-text.js';

type Entry = Pair<Node, Node | null>;

/** A place that an edit of the text cannot change; the text itself can. */
export class CannotEdit extends Error {
  constructor(readonly path: string) {
    super('stands in a form that only the YAML view can change');
  }
}

/** Where a walk along a path ended. */
interface Found {
  /** The node of as much of the path as is there. */
  node: Node | null;
  pair: Entry | undefined;
  depth: number;
  /** The outermost `{…}` or `[…]` on the way, which is written anew as a whole. */
  flow: { path: Path; node: Node } | undefined;
}

/** New keys below one place that is there, all in one insertion. */
interface Addition {
  found: Found;
  path: Path;
  values: YamlMapping;
}

/** Changes the text of a file where it has to change, and leaves every other byte alone. */
export class YamlEditor {
  private readonly document;
  private readonly eol: string;
  private edits: TextEdit[] = [];
  private readonly additions = new Map<string, Addition>();
  private readonly flows = new Map<string, Path>();

  constructor(
    private readonly text: string,
    private readonly tree: FileTree,
  ) {
    this.document = parseDocument(text, { merge: true, logLevel: 'silent' });
    this.eol = text.includes('\r\n') ? '\r\n' : '\n';
  }

  /** @throws CannotEdit */
  apply(changes: readonly TreeChange[]): string {
    const edits = this.editsOf(changes);
    return applyEdits(
      this.text,
      edits.map((edit) => ({ ...edit, text: edit.text.replace(/\r?\n/g, this.eol) })),
    );
  }

  /** @throws CannotEdit */
  editsOf(changes: readonly TreeChange[]): TextEdit[] {
    const outer = this.edits;
    this.edits = [];
    for (const change of changes) this.change(change);
    this.renewFlows();
    // What goes into the last section of another comes before what goes behind that section.
    const inner = [...this.additions.values()].toSorted((a, b) => b.path.length - a.path.length);
    for (const addition of inner) this.insert(addition);
    this.additions.clear();
    const made = this.edits;
    this.edits = outer;
    return made;
  }

  private change(change: TreeChange): void {
    const path = this.tree.written.of(change.path);
    if (change.kind === 'arrange') this.arrange(path, change);
    else if (change.kind === 'remove') this.remove(path);
    else this.set(path, converted(path, change.path, change.value));
  }

  private set(path: Path, value: unknown): void {
    const found = this.find(path);
    if (found.flow) return this.changeFlow(found.flow.path, path, value);
    if (found.depth === path.length) return this.replace(found, value, path);
    const isEmpty = found.node === null || (isScalar(found.node) && found.node.value === null);
    if (isScalar(found.node) && !isEmpty) return this.replaceShorthand(path, found.depth, value);
    if (!isEmpty && !isMap(found.node)) throw new CannotEdit(formatPath(path));
    this.add(found, path, value);
  }

  /** `dev_user: a@b.edu` stands for a mapping, which it becomes when another key of it is set. */
  private replaceShorthand(path: Path, depth: number, value: unknown): void {
    const holder = path.slice(0, depth);
    const whole = { ...(valueAt(this.tree.values, canonicalPath(holder)) as YamlMapping) };
    const inner = mappingAt(whole, path.slice(depth, -1));
    if (!inner) throw new CannotEdit(formatPath(path));
    inner[String(path.at(-1))] = value;
    this.replace(this.find(holder), whole, holder);
  }

  private add(found: Found, path: Path, value: unknown): void {
    const holder = path.slice(0, found.depth);
    const key = formatPath(holder);
    const addition = this.additions.get(key) ?? { found, path: holder, values: emptyMapping() };
    const inner = mappingAt(addition.values, path.slice(found.depth, -1));
    if (!inner) throw new CannotEdit(formatPath(path));
    inner[String(path.at(-1))] = value;
    this.additions.set(key, addition);
  }

  private replace({ node, pair }: Found, value: unknown, path: Path): void {
    const [start = 0] = node?.range ?? [];
    const end = contentEnd(this.text, node);
    const isBlock = (isMap(node) || isSeq(node)) && !node.flow;
    const isWord = typeof value !== 'object' || value === null;
    const isEmpty = isEmptyCollection(value);
    const isNothing = start === end;
    if (isWord || isEmpty || (!isBlock && !isNothing)) {
      const from = isBlock && pair ? endOfKey(this.text, pair) : start;
      const quote = isScalar(node) ? (this.text[start] ?? '') : '';
      const gap = from === start && !isNothing ? '' : ' ';
      this.edits.push({ start: from, end, text: gap + inlineOf(value, quote) });
      return;
    }
    if (!pair) throw new CannotEdit(formatPath(path));
    const at = endOfKey(this.text, pair);
    const indent = columnOf(this.text, pair.key.range![0]) + 2;
    this.edits.push({ start: at, end, text: `\n${blockOf(value, indent).trimEnd()}` });
  }

  private remove(path: Path): void {
    const found = this.find(path);
    if (found.depth < path.length) return;
    if (found.flow) return this.changeFlow(found.flow.path, path, undefined);
    const holder = this.find(path.slice(0, -1)).node;
    if (!found.pair || !isMap(holder)) throw new CannotEdit(formatPath(path));
    const start = found.pair.key.range![0];
    const first = lineStart(this.text, start);
    if (this.text.slice(first, start).trim() === '') {
      const last = Math.max(
        contentEnd(this.text, found.pair.key),
        contentEnd(this.text, found.node),
      );
      this.edits.push({ start: first, end: lineEnd(this.text, last), text: '' });
      return;
    }
    // The first key of an item stands behind its dash: the next one takes its place.
    const next = holder.items[holder.items.indexOf(found.pair) + 1] as Entry | undefined;
    if (!next) throw new CannotEdit(formatPath(path));
    this.edits.push({ start, end: next.key.range![0], text: '' });
  }

  private arrange(path: Path, change: TreeChange & { kind: 'arrange' }): void {
    const { node, flow, depth, pair } = this.find(path);
    if (depth < path.length) throw new CannotEdit(formatPath(path));
    if (flow || !isSeq(node) || node.flow) {
      const value = plainItems(this.tree, change);
      if (flow) this.changeFlow(flow.path, path, value);
      else this.replace({ node, pair, depth, flow }, value, path);
      return;
    }
    const editsOf = (changes: readonly TreeChange[]) => this.editsOf(changes);
    this.edits.push(arrangedItems(this.text, node as YAMLSeq<Node>, change.items, editsOf));
  }

  /** Remembers the change in the tree of the file; the whole `{…}` is written from it at the end. */
  private changeFlow(flow: Path, path: Path, value: unknown): void {
    const holder =
      mappingAt(this.tree.raw, path.slice(0, -1)) ?? valueAt(this.tree.raw, path.slice(0, -1));
    if (typeof holder !== 'object' || holder === null) throw new CannotEdit(formatPath(path));
    const fields = holder as Record<string | number, unknown>;
    if (value === undefined) delete fields[path.at(-1)!];
    else fields[path.at(-1)!] = value;
    this.flows.set(formatPath(flow), flow);
  }

  private renewFlows(): void {
    for (const path of this.flows.values()) {
      const [start, end] = this.find(path).node!.range!;
      this.edits.push({ start, end, text: inlineOf(valueAt(this.tree.raw, path)) });
    }
    this.flows.clear();
  }

  /** New keys go behind their own commented line if there is one, else to the end of the section. */
  private insert({ found, path, values }: Addition): void {
    const { node, pair } = found;
    const map = isMap(node) && node.items.length > 0 ? node : undefined;
    const isRoot = path.length === 0;
    const keyColumn = pair ? columnOf(this.text, pair.key.range![0]) : -2;
    const column = map ? columnOf(this.text, (map.items[0] as Entry).key.range![0]) : undefined;
    const start = pair ? pair.key.range![0] : isRoot ? 0 : map!.range![0];
    const end = isRoot ? this.text.length : regionEnd(this.text, start, column ?? keyColumn + 1);
    const last = map ? contentEnd(this.text, map) : pair ? contentEnd(this.text, pair.key) : 0;
    const fallback = isRoot
      ? this.text.length
      : pastNotes(this.text, lineEnd(this.text, last), column);
    for (const [name, value] of Object.entries(values)) {
      const note = commentedKey(this.text, [start, end], name, column);
      const isDeeper = note !== undefined && note.column > keyColumn;
      const indent =
        column ?? (isDeeper ? note.column : isRoot ? 0 : this.indentBelow(start, end, keyColumn));
      const at = isDeeper ? note.end : fallback;
      this.insertAt(at, blockOf({ [name]: value }, indent));
    }
  }

  private indentBelow(start: number, end: number, keyColumn: number): number {
    const region = this.text.slice(lineEnd(this.text, start), end);
    const note = /^( *)#["']?[\w.-]+["']?:/m.exec(region);
    return note && note[1]!.length > keyColumn ? note[1]!.length : keyColumn + 2;
  }

  private insertAt(at: number, lines: string): void {
    const isOpen =
      at > 0 && this.text[at - 1] !== '\n' && !this.edits.some(({ start }) => start === at);
    this.edits.push({ start: at, end: at, text: isOpen ? `\n${lines}` : lines });
  }

  private find(path: Path): Found {
    let node = this.document.contents as Node | null;
    let pair: Entry | undefined;
    let flow: Found['flow'];
    for (const [depth, part] of path.entries()) {
      if ((isMap(node) || isSeq(node)) && node.flow && node.items.length > 0) {
        flow ??= { path: path.slice(0, depth), node };
      }
      const next = isMap(node) ? pairOf(node, part) : undefined;
      const item = isSeq(node) ? (node.items[Number(part)] as Node | undefined) : undefined;
      if (next === undefined && item === undefined) return { node, pair, depth, flow };
      pair = next;
      node = next ? next.value : item!;
    }
    return { node, pair, depth: path.length, flow };
  }
}

function endOfKey(text: string, { key }: Entry): number {
  return text.indexOf(':', contentEnd(text, key)) + 1;
}

function isEmptyCollection(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function emptyMapping(): YamlMapping {
  return Object.create(null) as YamlMapping;
}

/** `active` says the opposite of `disabled`. */
function converted(written: Path, canonical: Path, value: unknown): unknown {
  if (written.at(-1) === canonical.at(-1)) return value;
  const alias = ALIASES.find(
    ({ from, convert }) => convert && from.endsWith(`.${String(written.at(-1))}`),
  );
  return alias?.convert ? alias.convert(value) : value;
}

/** The items as values, for a list that is written anew. */
function plainItems(tree: FileTree, { path, items }: TreeChange & { kind: 'arrange' }): unknown[] {
  return items.map((item) => {
    if ('value' in item) return item.value;
    const value = structuredClone(valueAt(tree.raw, tree.written.of([...path, item.from])));
    for (const change of item.changes) {
      const inner = tree.written.of(change.path).slice(path.length + 1);
      if (!isMapping(value) || change.kind === 'arrange') throw new CannotEdit(formatPath(path));
      const holder = mappingAt(value, inner.slice(0, -1));
      if (!holder) throw new CannotEdit(formatPath(change.path));
      if (change.kind === 'remove') delete holder[String(inner.at(-1))];
      else
        holder[String(inner.at(-1))] = converted(
          tree.written.of(change.path),
          change.path,
          change.value,
        );
    }
    return value;
  });
}
