import { type z } from 'zod';
import { ALIASES } from '../aliases.js';
import { type Path } from '../paths.js';
import { configurationSchema } from '../schema/configuration.js';
import { factsOf, nodeOf } from '../schema/key.js';
import { sectionKeys } from '../schema/section-keys.js';

type Schema = z.core.$ZodType;

/** What the schema says of a place in the file. */
export interface SchemaPlace {
  schema: Schema;
  /** The place with every number and every chosen name left open: `models[].endpoints[].api_key`. */
  pattern: string;
}

const SPELLINGS = ALIASES.map(({ from, to }) => ({ from: from.split('.'), to: to.split('.') }));

/** The place of a path as the file spells it; `undefined` where the schema knows nothing. */
export function placeOf(written: Path): SchemaPlace | undefined {
  let place: SchemaPlace | undefined = { schema: configurationSchema, pattern: '' };
  for (const part of canonicalPath(written)) {
    place = place && stepInto(place, part);
    if (!place) return undefined;
  }
  return place;
}

/** The place of one more key, item or entry. */
export function stepInto({ schema, pattern }: SchemaPlace, part: string | number) {
  const node = nodeOf(schema);
  if (node.kind === 'list') return { schema: node.item, pattern: `${pattern}[]` };
  if (node.kind === 'mapping') return { schema: node.entry, pattern: `${pattern}.*` };
  if (node.kind !== 'section') return undefined;
  return stepIntoSection(schema, pattern, String(part));
}

function stepIntoSection(schema: Schema, pattern: string, name: string): SchemaPlace | undefined {
  const { own, inline, rest } = sectionKeys(schema);
  const found = own.get(name);
  if (found) return { schema: found.schema, pattern: `${pattern}.${name}` };
  for (const inner of inline) {
    if (inner.names.includes(name)) return stepIntoSection(inner.schema, pattern, name);
  }
  const node = rest && nodeOf(rest.schema);
  return node?.kind === 'mapping' ? { schema: node.entry, pattern: `${pattern}.*` } : undefined;
}

/** Whether the value at a place is never shown. */
export function isSecretPlace({ schema }: SchemaPlace): boolean {
  if (factsOf(schema).secret === true) return true;
  const node = nodeOf(schema);
  return node.kind === 'list' && factsOf(node.item).secret === true;
}

/** Where a path in another spelling leads; a path without one is its own answer. */
export function canonicalPath(written: Path): Path {
  let path = written;
  for (const { from, to } of SPELLINGS) {
    if (!startsWith(path, from)) continue;
    const target = to.map((part, index) => (part === '*' ? (path[index] ?? part) : part));
    path = [...target, ...path.slice(from.length)];
  }
  return path;
}

function startsWith(path: Path, pattern: readonly string[]): boolean {
  return (
    path.length >= pattern.length &&
    pattern.every((part, index) => part === '*' || part === path[index])
  );
}
