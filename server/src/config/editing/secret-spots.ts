import { type Document, isAlias, isMap, isScalar, isSeq, type Node, parseDocument } from 'yaml';
import { type Path } from '../paths.js';
import { parseYaml } from '../yaml-tree.js';
import { isSecretPlace, placeOf } from './schema-place.js';
import { secretLines } from './secret-lines.js';
import { type SecretSpot, soundsSecret } from './secret-spot.js';

type Range = readonly [start: number, end: number];

const NAMED =
  /([\w-]+)["']?[ \t]*:[ \t]+("(?:[^"\\\n]|\\.)*"|'(?:[^'\n]|'')*'|\[[^\]\n]*\]?|[^\s#,{}[\]"'][^\s,{}[\]]*)/g;
const PASSWORD_IN_ADDRESS = /:\/\/[^\s/@:'"]*:([^\s/@'"]+)@/g;
/** Shorter ones are words such as "dummy", which stand elsewhere without being secret. */
const SHORTEST_COPY = 12;

/**
 * Every secret in the text of a file: where the schema says so, under names that sound like it
 * (typos and comments included), in addresses, and copies of those anywhere else.
 */
export function secretSpots(text: string): SecretSpot[] {
  const walk = new SecretWalk(text);
  const isReadable = parseYaml(text).ok;
  if (isReadable) walk.document(parseDocument(text, { merge: true, logLevel: 'silent' }));
  const spots = new Spots(walk.spots, walk.shown);
  for (const spot of secretLines(text, isReadable)) spots.add(spot);
  for (const match of text.matchAll(NAMED)) {
    const [all, name = '', value = ''] = match;
    if (!soundsSecret(name)) continue;
    const start = match.index + all.length - value.length;
    spots.add({ start, end: start + value.length, kind: `?${name.toLowerCase()}`, value });
  }
  for (const match of text.matchAll(PASSWORD_IN_ADDRESS)) {
    const [all, value = ''] = match;
    const start = match.index + all.length - value.length - 1;
    spots.add({ start, end: start + value.length, kind: '?address', value }, true);
  }
  spots.addCopies(text);
  return spots.inOrder();
}

class SecretWalk {
  readonly spots: SecretSpot[] = [];
  /** Values of keys that the schema knows and that are no secrets. */
  readonly shown: Range[] = [];
  private readonly seen = new Map<Node, Set<string>>();
  private tree!: Document;

  constructor(private readonly text: string) {}

  document(tree: Document): void {
    this.tree = tree;
    this.node(tree.contents, [], undefined);
  }

  private node(node: unknown, path: Path, inherited: string | undefined): void {
    const secret = inherited ?? secretKindAt(path);
    if (isAlias(node)) this.node(node.resolve(this.tree), path, secret);
    else if (isScalar(node)) this.scalar(node, secret);
    else if ((isMap(node) || isSeq(node)) && !this.wasHere(node, path, secret)) {
      if (isSeq(node))
        node.items.forEach((item, index) => this.node(item, [...path, index], secret));
      else for (const { key, value } of node.items) this.entry(key, value, path, secret);
    }
  }

  private entry(key: unknown, value: unknown, path: Path, secret: string | undefined): void {
    const name = isScalar(key) ? String(key.value) : '';
    if (name !== '<<') return this.node(value, [...path, name], secret);
    for (const merged of isSeq(value) ? value.items : [value]) this.node(merged, path, secret);
  }

  /** Aliases lead to the same node from many places; once for each kind of place is enough. */
  private wasHere(node: Node, path: Path, secret: string | undefined): boolean {
    const place = `${placeOf(path)?.pattern ?? path.at(-1) ?? ''} ${secret ?? ''}`;
    const places = this.seen.get(node) ?? new Set();
    if (places.has(place) || places.size > 50) return true;
    this.seen.set(node, places.add(place));
    return false;
  }

  private scalar(
    node: { range?: readonly number[] | null; value: unknown },
    secret?: string,
  ): void {
    const [start = 0, valueEnd = 0] = node.range ?? [];
    const end = start + this.text.slice(start, valueEnd).trimEnd().length;
    if (end === start || node.value === null) return;
    if (secret === undefined) this.shown.push([start, end]);
    else this.spots.push({ start, end, kind: secret, value: textOf(node.value) });
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function secretKindAt(path: Path): string | undefined {
  const place = placeOf(path);
  if (place && isSecretPlace(place)) return place.pattern.replace(/\[\]$/, '');
  const name = String(path.at(-1) ?? '');
  const isFree = !place || place.pattern.endsWith('.*');
  return isFree && soundsSecret(name) ? `?${name.toLowerCase()}` : undefined;
}

/** Spots that do not overlap; those of the document come first. */
class Spots {
  private readonly taken: SecretSpot[] = [];

  constructor(
    ofDocument: readonly SecretSpot[],
    private readonly shown: readonly Range[],
  ) {
    for (const spot of ofDocument) this.add(spot, true);
  }

  add(spot: SecretSpot, evenWhereShown = false): void {
    const overlaps = (start: number, end: number) => start < spot.end && spot.start < end;
    if (this.taken.some(({ start, end }) => overlaps(start, end))) return;
    if (!evenWhereShown && this.shown.some(([start, end]) => overlaps(start, end))) return;
    this.taken.push(spot);
  }

  addCopies(text: string): void {
    const originals = new Map(this.taken.map((spot) => [spot.value, spot]));
    for (const { value, kind } of originals.values()) {
      if (value.length < SHORTEST_COPY) continue;
      let start = text.indexOf(value);
      for (; start >= 0; start = text.indexOf(value, start + value.length)) {
        this.add({ start, end: start + value.length, kind, value }, true);
      }
    }
  }

  inOrder(): SecretSpot[] {
    return this.taken.toSorted((one, other) => one.start - other.start);
  }
}
