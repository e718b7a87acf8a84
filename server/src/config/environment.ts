import { type z } from 'zod';
import { formatPath, type Path } from './paths.js';
import { configurationSchema } from './schema/configuration.js';
import { factsOf, nodeOf } from './schema/key.js';
import { sectionKeys } from './schema/section-keys.js';
import { mappingAt, type YamlMapping } from './yaml-tree.js';

type Schema = z.core.$ZodType;

/** Environment variables, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

export interface EnvironmentKey {
  variable: string;
  path: Path;
  schema: Schema;
}

/** Every key that an environment variable may set. */
export const ENVIRONMENT_KEYS: readonly EnvironmentKey[] = collect(configurationSchema, []);

function collect(section: Schema, at: Path): EnvironmentKey[] {
  return [...sectionKeys(section).own].flatMap(([name, { schema }]) => {
    const path = [...at, name];
    const variable = factsOf(schema).env;
    return variable === undefined ? collect(schema, path) : [{ variable, path, schema }];
  });
}

/**
 * Puts the values of the environment over those of the file, in the given tree. An empty
 * variable counts as not set, because that is how container tools pass on a missing one.
 * Answers which path came from which variable.
 */
export function applyEnvironment(tree: YamlMapping, env: Environment): ReadonlyMap<string, string> {
  const applied = new Map<string, string>();
  for (const { variable, path, schema } of ENVIRONMENT_KEYS) {
    const text = env[variable]?.trim();
    const holder = text ? mappingAt(tree, path.slice(0, -1)) : undefined;
    if (!text || !holder) continue;
    holder[String(path.at(-1))] = fromText(schema, text);
    applied.set(formatPath(path), variable);
  }
  return applied;
}

/** A variable is always text; what cannot be read stays text, and validation says so. */
function fromText(schema: Schema, text: string): unknown {
  const node = nodeOf(schema);
  if (node.kind === 'list') return splitList(text);
  if (node.kind !== 'value') return text;
  if (node.type === 'number') return Number.isFinite(Number(text)) ? Number(text) : text;
  if (node.type === 'boolean' && /^[01]$/.test(text)) return text === '1';
  return text;
}

function splitList(text: string): string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
