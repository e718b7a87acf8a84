import { type z } from 'zod';
import { documentedKeys } from '../documented-keys.js';
import { describeExpected } from '../describe-issues.js';
import { configurationSchema } from '../schema/configuration.js';
import { defaultOf, factsOf, nodeOf, type Reload, yamlName } from '../schema/key.js';
import { Secret } from '../secret.js';
import { isSecretPlace } from './schema-place.js';

type Schema = z.core.$ZodType;

export const FIELD_KINDS = [
  'section',
  'mapping',
  'list',
  'boolean',
  'number',
  'text',
  'choice',
  'any',
] as const;

/** One key of the configuration as a form shows it. */
export interface FormField {
  /** As YAML spells it; empty for the items of a list and the entries of a mapping. */
  name: string;
  kind: (typeof FIELD_KINDS)[number];
  doc: string;
  /** What may stand there, in words. */
  allowed: string;
  unit: string;
  /** The default in words; empty for a section. */
  defaultText: string;
  /** The default where it is a value; a secret never is one. */
  default: unknown;
  required: boolean;
  reload: Reload;
  /** The environment variable that wins over the file. */
  env: string;
  /** Never shown: kept, set or removed. */
  secret: boolean;
  /** The words of a choice. */
  choices: (string | number)[];
  /** The keys of a section. */
  fields: FormField[];
  /** What each item of a list or entry of a mapping is. */
  item?: FormField;
  /** What the names of a mapping are: `<group>`. */
  entryName: string;
  /** Entries of this kind stand directly in the section, under names that are no key of it. */
  rest?: FormField;
  /** The key that names an item of a list. */
  identity: string;
}

let described: FormField[] | undefined;

/** The sections and keys of the configuration, in the order of the schema. */
export function formFields(): FormField[] {
  described ??= fieldsOf(configurationSchema, 'hot', '').fields;
  return described;
}

const defaults = new Map<string, string>();

function defaultTextAt(path: string): string {
  if (defaults.size === 0) for (const key of documentedKeys()) defaults.set(key.path, key.default);
  return defaults.get(path) ?? '';
}

function fieldsOf(
  schema: Schema,
  around: Reload,
  at: string,
): { fields: FormField[]; rest?: FormField } {
  const node = nodeOf(schema);
  if (node.kind !== 'section') return { fields: [] };
  const fields: FormField[] = [];
  let rest: FormField | undefined;
  for (const [property, field] of Object.entries(node.fields)) {
    const { spread, reload = around } = factsOf(field);
    if (spread === 'inline') fields.push(...fieldsOf(field, reload, at).fields);
    else if (spread === 'rest') rest = fieldOf('', field, reload, at);
    else {
      const name = yamlName(property, field);
      fields.push(fieldOf(name, field, reload, at === '' ? name : `${at}.${name}`));
    }
  }
  return { fields, rest };
}

function fieldOf(name: string, schema: Schema, around: Reload, at: string): FormField {
  const facts = factsOf(schema);
  const node = nodeOf(schema);
  const reload = facts.reload ?? around;
  const { required, value } = defaultOf(schema);
  const choices = choicesOf(schema);
  return {
    name,
    kind: choices.length > 0 ? 'choice' : kindOf(node),
    doc: facts.doc ?? '',
    allowed: node.kind === 'section' ? '' : describeExpected(schema),
    unit: facts.unit ?? '',
    defaultText: defaultTextAt(at),
    default: value instanceof Secret || node.kind === 'section' ? null : (value ?? null),
    required: required && node.kind !== 'section',
    reload,
    env: facts.env ?? '',
    secret: isSecretPlace({ schema, pattern: at }),
    choices,
    ...fieldsOf(schema, reload, at),
    ...itemOf(node, reload, at, facts.entry ?? '<name>'),
    entryName: facts.entry ?? '',
    identity: facts.identity ?? '',
  };
}

function itemOf(
  node: ReturnType<typeof nodeOf>,
  reload: Reload,
  at: string,
  entry: string,
): { item?: FormField } {
  if (node.kind === 'list') return { item: fieldOf('', node.item, reload, `${at}[]`) };
  if (node.kind !== 'mapping') return {};
  return { item: fieldOf('', node.entry, reload, `${at}.${entry}`) };
}

function kindOf(node: ReturnType<typeof nodeOf>): FormField['kind'] {
  if (node.kind !== 'value') return node.kind;
  if (node.type === 'boolean') return 'boolean';
  if (node.type === 'number') return 'number';
  return node.type === 'union' ? 'any' : 'text';
}

function choicesOf(schema: Schema): (string | number)[] {
  const node = nodeOf(schema);
  if (node.kind !== 'value') return [];
  const { def } = (node.schema as z.core.$ZodTypes)._zod;
  if (def.type === 'enum') return Object.values(def.entries);
  if (def.type !== 'union') return [];
  const words = def.options.map((option) => (option as z.core.$ZodTypes)._zod.def);
  if (!words.every((word) => word.type === 'literal')) return [];
  return words.flatMap((word) => word.values as (string | number)[]);
}
