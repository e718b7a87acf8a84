import { type z } from 'zod';
import { formatPath, type Path } from './paths.js';
import { type Problem } from './problem.js';
import { configurationSchema } from './schema/configuration.js';
import { factsOf, nodeOf } from './schema/key.js';
import { sectionKeys } from './schema/section-keys.js';
import { readValueFile } from './value-file.js';
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

/** The variable that names a file with the value of another. */
export const fileVariableOf = (variable: string): string => `${variable}_FILE`;

function collect(section: Schema, at: Path): EnvironmentKey[] {
  return [...sectionKeys(section).own].flatMap(([name, { schema }]) => {
    const path = [...at, name];
    const variable = factsOf(schema).env;
    return variable === undefined ? collect(schema, path) : [{ variable, path, schema }];
  });
}

/** What the environment sets, and what it wants to set but cannot. */
export interface AppliedEnvironment {
  /** Which path came from which variable. */
  readonly variables: ReadonlyMap<string, string>;
  readonly errors: Problem[];
}

/**
 * Puts the values of the environment over those of the file, in the given tree. An empty
 * variable counts as not set, because that is how container tools pass on a missing one. Of each
 * variable there is a second, `…_FILE`, that names a file with the value: how Docker and Kubernetes
 * hand out secrets.
 */
export function applyEnvironment(tree: YamlMapping, env: Environment): AppliedEnvironment {
  const variables = new Map<string, string>();
  const errors: Problem[] = [];
  for (const { variable, path, schema } of ENVIRONMENT_KEYS) {
    const value = valueOf(variable, env);
    const holder = value && mappingAt(tree, path.slice(0, -1));
    if (!holder) continue;
    if ('fault' in value) {
      errors.push({ path: formatPath(path), message: value.fault });
      continue;
    }
    holder[String(path.at(-1))] = fromText(schema, value.text);
    variables.set(formatPath(path), value.variable);
  }
  return { variables, errors };
}

type Value = { readonly variable: string; readonly text: string } | { readonly fault: string };

function valueOf(variable: string, env: Environment): Value | null {
  const text = env[variable]?.trim();
  const fileVariable = fileVariableOf(variable);
  const file = env[fileVariable]?.trim();
  if (!file) return text ? { variable, text } : null;
  if (text) return { fault: `is set by both ${variable} and ${fileVariable}; keep one of them` };
  const read = readValueFile(file);
  if ('text' in read) return { variable: fileVariable, text: read.text };
  return { fault: `cannot be read from ${file}, which ${fileVariable} names: ${read.fault}` };
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
