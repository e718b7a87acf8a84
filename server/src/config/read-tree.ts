import { type z } from 'zod';
import { type WrittenPaths } from './aliases.js';
import { nearestName } from './nearest-name.js';
import { formatPath, type Path } from './paths.js';
import { type Problem } from './problem.js';
import { factsOf, nodeOf, yamlName } from './schema/key.js';
import { placesOfKey, sectionKeys } from './schema/section-keys.js';
import { type Steps } from './steps.js';
import { isMapping, type YamlMapping } from './yaml-tree.js';

type Schema = z.core.$ZodType;

export interface ReadResult {
  /** The tree with the property names of the schema, ready to be validated. */
  value: YamlMapping;
  errors: Problem[];
  /** Unknown keys, each with the known key it resembles. */
  warnings: Problem[];
}

/**
 * Brings a YAML tree into the shape of the schema: snake_case to camelCase where the schema has
 * keys (never in mappings, whose names belong to the person), nothing where the file says nothing,
 * accepted spellings of values to the one that is validated. Validates nothing itself.
 */
export function* readTree(
  schema: Schema,
  tree: YamlMapping,
  written: WrittenPaths,
): Steps<ReadResult> {
  const reader = new TreeReader(written);
  const value = yield* reader.sections(schema, tree);
  return { value, errors: reader.errors, warnings: reader.warnings };
}

const LONGEST_NAME = 320;
const MOST_HINTS = 200;
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const BAD_NAME = /^\s*$|[\u0000-\u001f\u007f]/;

class TreeReader {
  readonly errors: Problem[] = [];
  readonly warnings: Problem[] = [];

  constructor(private readonly written: WrittenPaths) {}

  read(schema: Schema, raw: unknown, path: Path): unknown {
    const facts = factsOf(schema);
    const value = facts.read ? facts.read(raw) : raw;
    if (value === null || value === undefined) return undefined;
    const node = nodeOf(schema);
    if (node.kind === 'section' && isMapping(value)) return this.readSection(schema, value, path);
    if (node.kind === 'mapping' && isMapping(value)) return this.readMapping(schema, value, path);
    if (node.kind === 'list' && Array.isArray(value)) {
      return value.map((item, index) => this.read(node.item, item, [...path, index]) ?? null);
    }
    return value;
  }

  /** The whole tree, whose outermost keys are the sections of the file. */
  *sections(schema: Schema, tree: YamlMapping): Steps<YamlMapping> {
    const result: YamlMapping = {};
    for (const [name, { property, schema: field }] of sectionKeys(schema).own) {
      const read = this.read(field, tree[name], [name]);
      if (read !== undefined) result[property] = read;
      yield;
    }
    return this.readSpread(schema, { value: tree, result, path: [] });
  }

  private readSection(schema: Schema, value: YamlMapping, path: Path): unknown {
    const result: YamlMapping = {};
    for (const [name, { property, schema: field }] of sectionKeys(schema).own) {
      const read = this.read(field, value[name], [...path, name]);
      if (read !== undefined) result[property] = read;
    }
    return this.readSpread(schema, { value, result, path });
  }

  /** What stands in a section beside the keys of its own, put into `result`. */
  private readSpread(schema: Schema, { value, result, path }: HalfReadSection): YamlMapping {
    const keys = sectionKeys(schema);
    for (const { property, schema: field, names } of keys.inline) {
      const read = this.readInline(field, { value, names, path });
      if (read !== undefined) result[property] = read;
    }
    const others = Object.keys(value).filter((name) => !keys.known.has(name));
    if (keys.rest) {
      result[keys.rest.property] = this.readRest(keys.rest.schema, {
        value,
        path,
        others,
        known: keys.known,
      });
    } else {
      for (const name of others) this.unknown(name, path, keys.known);
    }
    return result;
  }

  /** The keys of the inner section that stand in the outer one; nothing when none is there. */
  private readInline(
    schema: Schema,
    { value, names, path }: { value: YamlMapping; names: readonly string[]; path: Path },
  ): unknown {
    const inner = Object.create(null) as YamlMapping;
    for (const name of names) {
      if (value[name] !== null && value[name] !== undefined) inner[name] = value[name];
    }
    return Object.keys(inner).length === 0 ? undefined : this.read(schema, inner, path);
  }

  /** Entries under names that no key has; what does not look like an entry is an unknown key. */
  private readRest(schema: Schema, rest: RestOfSection): unknown {
    const entries = Object.create(null) as YamlMapping;
    for (const name of rest.others) {
      const value = rest.value[name];
      const isDefault = name === 'default';
      if (isDefault && isEmpty(value)) continue;
      if (isDefault || looksLikeEntry(schema, value)) entries[name] = value;
      else this.unknown(name, rest.path, rest.known);
    }
    return this.readMapping(schema, entries, rest.path);
  }

  private readMapping(schema: Schema, value: YamlMapping, path: Path): unknown {
    const node = nodeOf(schema);
    if (node.kind !== 'mapping') return value;
    const { readName = (name: string) => name } = factsOf(schema);
    const emptyEntry = nodeOf(node.entry).kind === 'section' ? {} : undefined;
    const result = Object.create(null) as YamlMapping;
    for (const [writtenName, entry] of Object.entries(value)) {
      const at = [...path, writtenName];
      const name = readName(writtenName);
      if (BAD_NAME.test(name) || name.length > LONGEST_NAME) this.badName(at);
      else if (name in result) this.sameName(at, name);
      else {
        const read = this.read(node.entry, entry, at) ?? emptyEntry;
        if (read !== undefined) result[name] = read;
      }
    }
    return result;
  }

  private badName(at: Path): void {
    const expected = `a name of 1 to ${LONGEST_NAME} printable characters`;
    this.errors.push({ path: this.place(at), message: 'is not a name', expected });
  }

  private sameName(at: Path, name: string): void {
    this.errors.push({
      path: this.place(at),
      message: `is the same as ${name}, which is there already`,
    });
  }

  /** Looking for the nearest known key takes time, so a file full of unknown ones gets no hints. */
  private unknown(name: string, path: Path, known: ReadonlySet<string>): void {
    const hint = this.warnings.length < MOST_HINTS ? hintAt(name, known) : '';
    const message = `unknown key, ignored${hint}`;
    this.warnings.push({ path: this.place([...path, name]), message });
  }

  private place(path: Path): string {
    return formatPath(this.written.of(path));
  }
}

interface HalfReadSection {
  value: YamlMapping;
  result: YamlMapping;
  path: Path;
}

interface RestOfSection {
  value: YamlMapping;
  path: Path;
  others: readonly string[];
  known: ReadonlySet<string>;
}

function hintAt(name: string, known: ReadonlySet<string>): string {
  const near = nearestName(name, known);
  if (near !== undefined) return `; did you mean ${near}?`;
  const elsewhere = placesOfKey(name);
  return elsewhere.length === 1 ? `; it belongs to ${elsewhere[0]}` : '';
}

function isEmpty(value: unknown): boolean {
  return (
    value === null || value === undefined || (isMapping(value) && Object.keys(value).length === 0)
  );
}

/** A mapping that has a key of the entry's section, or nothing but numbers. */
function looksLikeEntry(schema: Schema, value: unknown): boolean {
  const node = nodeOf(schema);
  if (!isMapping(value) || node.kind !== 'mapping') return false;
  const inner = nodeOf(node.entry);
  if (inner.kind !== 'section') return false;
  const names = Object.entries(inner.fields).map(([property, field]) => yamlName(property, field));
  const values = Object.values(value);
  return (
    names.some((name) => name in value) ||
    (values.length > 0 && values.every((item) => typeof item === 'number'))
  );
}
