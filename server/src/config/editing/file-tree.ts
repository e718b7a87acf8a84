import { type z } from 'zod';
import { applyAliases, type WrittenPaths } from '../aliases.js';
import { configurationSchema } from '../schema/configuration.js';
import { factsOf, nodeOf } from '../schema/key.js';
import { isMapping, parseYaml, type YamlMapping } from '../yaml-tree.js';
import { stepInto } from './schema-place.js';

type Schema = z.core.$ZodType;

/** What a file says, in the one spelling that a form shows. */
export interface FileTree {
  /** Keys as YAML spells them, none in another spelling; only what is written in the file. */
  values: YamlMapping;
  /** Where in the file each of them stands. */
  written: WrittenPaths;
  /** As it is written. */
  raw: YamlMapping;
}

/** `undefined` for a text that is no YAML or says one thing in two spellings. */
export function readFileTree(text: string): FileTree | undefined {
  const raw = parseYaml(text);
  const moved = parseYaml(text);
  if (!raw.ok || !moved.ok) return undefined;
  const { written, errors } = applyAliases(moved.tree);
  if (errors.length > 0) return undefined;
  const values = (normalised(configurationSchema, moved.tree) ?? {}) as YamlMapping;
  return { values, written, raw: raw.tree };
}

/** Accepted spellings of values become the one that is validated; what says nothing is left out. */
export function normalised(schema: Schema, value: unknown): unknown {
  if (value === null || value === undefined) return undefined;
  const read = isMapping(value) ? value : (factsOf(schema).read?.(value) ?? value);
  const node = nodeOf(schema);
  if (Array.isArray(read)) {
    return read.map(
      (item: unknown) => (node.kind === 'list' ? normalised(node.item, item) : item) ?? null,
    );
  }
  if (!isMapping(read)) return read ?? undefined;
  const result = Object.create(null) as YamlMapping;
  for (const [name, entry] of Object.entries(read)) {
    const inner = stepInto({ schema, pattern: '' }, name)?.schema;
    const found = inner ? normalised(inner, entry) : entry;
    const isEntry = node.kind === 'mapping' && isSection(inner);
    if (found !== undefined && found !== null) result[name] = found;
    else if (isEntry) result[name] = Object.create(null);
  }
  const isEmptySection = node.kind === 'section' && Object.keys(result).length === 0;
  return isEmptySection ? undefined : result;
}

function isSection(schema: Schema | undefined): boolean {
  return schema !== undefined && nodeOf(schema).kind === 'section';
}
