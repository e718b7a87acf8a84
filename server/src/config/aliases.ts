import { formatPath, type Path } from './paths.js';
import { type Problem } from './problem.js';
import { isMapping, mappingAt, valueAt, type YamlMapping } from './yaml-tree.js';

interface Alias {
  from: string;
  to: string;
  /** Turns the value of the old key into that of the new one. */
  convert?: (value: unknown) => unknown;
}

const ENTRIES = ['groups.*', 'users.*', 'clients.*'];

/**
 * Other spellings of keys, old and new; `*` stands for any name or number. In this order, so that
 * a section is in its place before the keys within it are looked at.
 */
export const ALIASES: readonly Alias[] = [
  { from: 'projects', to: 'clients' },
  { from: 'api.prometheus', to: 'prometheus' },
  { from: 'api.monitoring', to: 'monitoring' },
  { from: 'app.database_url', to: 'app.database.url' },
  { from: 'app.db_pool', to: 'app.database' },
  { from: 'app.logs.level', to: 'log.level' },
  { from: 'app.logs.access', to: 'log.requests' },
  { from: 'app.logs.model', to: 'log.probes' },
  { from: 'app.graylist_default_notice', to: 'defaults.models.ack_message' },
  { from: 'branding.accent_color', to: 'branding.tertiary_color' },
  { from: 'models.*.active', to: 'models.*.disabled', convert: negate },
  { from: 'groups.*.active', to: 'groups.*.disabled', convert: negate },
  { from: 'clients.*.active', to: 'clients.*.disabled', convert: negate },
  ...ENTRIES.flatMap((entry) => [
    { from: `${entry}.pool`, to: entry },
    { from: `${entry}.model_access.whitelist`, to: `${entry}.model_access.allowed` },
    { from: `${entry}.model_access.graylist`, to: `${entry}.model_access.needs_ack` },
    { from: `${entry}.model_access.blacklist`, to: `${entry}.model_access.blocked` },
  ]),
];

function negate(value: unknown): unknown {
  const words: Record<string, boolean> = { yes: false, on: false, no: true, off: true };
  if (typeof value === 'string') return words[value.toLowerCase()] ?? value;
  return typeof value === 'boolean' ? !value : value;
}

/** Remembers where something was written that now stands at its canonical place. */
export class WrittenPaths {
  private readonly moved = new Map<string, Path>();

  record(canonical: Path, written: Path): void {
    this.moved.set(formatPath(canonical), this.of(written));
  }

  of(canonical: Path): Path {
    if (this.moved.size === 0) return canonical;
    for (let length = canonical.length; length > 0; length -= 1) {
      const written = this.moved.get(formatPath(canonical.slice(0, length)));
      if (written) return [...written, ...canonical.slice(length)];
    }
    return canonical;
  }
}

/** Moves every other spelling to its canonical place, in the given tree. */
export function applyAliases(tree: YamlMapping): { written: WrittenPaths; errors: Problem[] } {
  const move = new AliasMove(tree);
  for (const alias of ALIASES) {
    const from = alias.from.split('.');
    for (const path of matches(tree, from)) move.apply(alias, path);
  }
  return { written: move.written, errors: move.errors };
}

class AliasMove {
  readonly written = new WrittenPaths();
  readonly errors: Problem[] = [];

  constructor(private readonly tree: YamlMapping) {}

  apply(alias: Alias, from: Path): void {
    const holder = valueAt(this.tree, from.slice(0, -1)) as YamlMapping;
    const name = String(from.at(-1));
    const value = holder[name];
    const to = alias.to
      .split('.')
      .map((part, index) => (part === '*' ? (from[index] ?? part) : part));
    const replaced = alias.convert ? alias.convert(value) : value;
    if (value === null || value === undefined) delete holder[name];
    else if (this.place(replaced, to, from)) delete holder[name];
  }

  /** False when something on the way is no mapping; the old key then stays, as unknown. */
  private place(value: unknown, to: Path, from: Path): boolean {
    const holder = mappingAt(this.tree, to.slice(0, -1));
    if (!holder) return false;
    if (isMapping(holder[String(to.at(-1))]) && !isMapping(value)) return false;
    this.merge(holder, { value, to, from });
    return true;
  }

  private merge(holder: YamlMapping, move: { value: unknown; to: Path; from: Path }): void {
    const name = String(move.to.at(-1));
    const present = holder[name];
    if (present === undefined || present === null) {
      holder[name] = move.value;
      this.written.record(move.to, move.from);
    } else if (isMapping(present) && isMapping(move.value)) {
      this.mergeMappings(present, move as { value: YamlMapping; to: Path; from: Path });
    } else if (JSON.stringify(present) !== JSON.stringify(move.value)) {
      this.contradiction(move.to, move.from);
    }
  }

  private mergeMappings(
    present: YamlMapping,
    move: { value: YamlMapping; to: Path; from: Path },
  ): void {
    for (const [name, value] of Object.entries(move.value)) {
      if (value === null) continue;
      this.merge(present, { value, to: [...move.to, name], from: [...move.from, name] });
    }
  }

  private contradiction(to: Path, from: Path): void {
    const path = formatPath(this.written.of(from));
    const other = formatPath(this.written.of(to));
    this.errors.push({
      path,
      message: `means the same as ${other} but says otherwise; keep one of them`,
    });
  }
}

/** Every place in the tree that a pattern names. */
function matches(tree: unknown, pattern: readonly string[], at: Path = []): Path[] {
  const [part, ...rest] = pattern;
  if (part === undefined) return [at];
  if (part === '*' && Array.isArray(tree)) {
    return tree.flatMap((item, index) => matches(item, rest, [...at, index]));
  }
  if (!isMapping(tree)) return [];
  const names = part === '*' ? Object.keys(tree) : part in tree ? [part] : [];
  return names.flatMap((name) => matches(tree[name], rest, [...at, name]));
}
