import { type z } from 'zod';
import { describeExpected } from './describe-issues.js';
import { configurationSchema } from './schema/configuration.js';
import { defaultOf, factsOf, nodeOf, type Reload, yamlName } from './schema/key.js';
import { Secret } from './secret.js';

type Schema = z.core.$ZodType;

/** One key of `config.yaml` as the documentation shows it. */
export interface DocumentedKey {
  /** `models[].endpoints[].url`, `groups.<group>.max`. */
  path: string;
  doc: string;
  allowed: string;
  unit: string;
  /** The default as it would be written, or in words; empty for a section. */
  default: string;
  reload: Reload;
  env: string;
  /** A section has keys of its own below it. */
  isSection: boolean;
}

/** Every key there is, in the order of the schema, sections before what they contain. */
export function documentedKeys(): DocumentedKey[] {
  return keysBelow(configurationSchema, '', 'hot');
}

function keysBelow(schema: Schema, at: string, reload: Reload): DocumentedKey[] {
  const node = nodeOf(schema);
  if (node.kind === 'list') return keysBelow(node.item, `${at}[]`, reload);
  if (node.kind === 'mapping') {
    return keysBelow(node.entry, join(at, factsOf(schema).entry ?? '<name>'), reload);
  }
  if (node.kind !== 'section') return [];
  return Object.entries(node.fields).flatMap(([property, field]) => {
    const inner = factsOf(field).reload ?? reload;
    if (factsOf(field).spread !== undefined) return keysBelow(field, at, inner);
    const path = join(at, yamlName(property, field));
    return [describeKey(path, field, inner), ...keysBelow(field, path, inner)];
  });
}

function join(at: string, name: string): string {
  return at === '' ? name : `${at}.${name}`;
}

function describeKey(path: string, schema: Schema, reload: Reload): DocumentedKey {
  const { doc = '', unit = '', env = '' } = factsOf(schema);
  const isSection = keysBelow(schema, '', reload).length > 0;
  const allowed =
    isSection && factsOf(schema).allowed === undefined ? '' : describeExpected(schema);
  return {
    path,
    doc,
    allowed,
    unit,
    default: describeDefault(schema, isSection),
    reload,
    env,
    isSection,
  };
}

function describeDefault(schema: Schema, isSection: boolean): string {
  const { defaultText } = factsOf(schema);
  if (defaultText !== undefined) return defaultText;
  const { required, value } = defaultOf(schema);
  if (required) return isSection ? '' : 'required';
  if (value === null || value === '') return 'none';
  if (value instanceof Secret) return 'none';
  const isEmpty = typeof value === 'object' && value !== null && Object.keys(value).length === 0;
  if (isEmpty) return isSection ? '' : 'none';
  return Array.isArray(value) ? `[${value.join(', ')}]` : JSON.stringify(value).replaceAll('"', '');
}
