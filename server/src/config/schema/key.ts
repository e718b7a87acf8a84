import { z } from 'zod';

/** `hot`: in force within seconds of a change of the file; `restart`: at the next start. */
export type Reload = 'hot' | 'restart';

/**
 * What is known about a key beside its type. A key takes `reload` from the nearest section
 * around it that names one; the top of the file is hot.
 */
export interface KeyFacts {
  /** One line for the reference and the example file. */
  doc?: string;
  /** What may stand there, in words; used in the reference and in error messages. */
  allowed?: string;
  unit?: string;
  reload?: Reload;
  /** The environment variable that wins over the file. */
  env?: string;
  /** The spelling in YAML where it is not simply the snake_case of the property. */
  yaml?: string;
  /** The default in words, where it is not a constant. */
  defaultText?: string;
  /** The value is never shown, neither in errors nor in logs. */
  secret?: boolean;
  /** Turns an accepted spelling of the value into the one that is validated. Must not throw. */
  read?: (value: unknown) => unknown;
  /**
   * The keys of this section stand directly in the section around it: `inline` takes the keys it
   * knows, `rest` takes the entries that nothing else there knows.
   */
  spread?: 'inline' | 'rest';
  /** The property that tells the items of a list apart, so that a diff can name them. */
  identity?: string;
  /** What the names in a mapping are, for the reference: `<group>`. */
  entry?: string;
  /** Turns a name in a mapping into the one it is kept under. */
  readName?: (name: string) => string;
}

const registry = z.registry<KeyFacts>();

/** The same schema with facts beside it. Wrappers (`.default()`, `.nullable()`) keep inner facts. */
export function withFacts<S extends z.ZodType>(schema: S, facts: KeyFacts): S {
  const described = schema.clone();
  registry.add(described, facts);
  return described;
}

/** A documented key of a section. */
export function key<S extends z.ZodType>(schema: S, doc: string, facts: KeyFacts = {}): S {
  return withFacts(schema, { ...facts, doc });
}

/** A section whose keys all have defaults, so that it may be left out or left empty. */
export function section<T extends z.core.$ZodShape>(shape: T) {
  const object = z.object(shape);
  return object.prefault({} as z.input<typeof object>);
}

/** An open mapping from names the person chooses to entries; empty when left out. */
export function mapping<V extends z.ZodType>(entry: V) {
  return z.record(z.string(), entry).prefault({} as Record<string, z.input<V>>);
}

/** Facts of a schema, those of its wrappers winning over those of what they wrap. */
export const factsOf = remembered((schema): KeyFacts =>
  layers(schema).reduceRight<KeyFacts>(
    (facts, layer) => ({ ...facts, ...registry.get(layer as z.ZodType) }),
    {},
  ),
);

export type SchemaNode =
  | { kind: 'section'; fields: Readonly<Record<string, z.core.$ZodType>> }
  | { kind: 'mapping'; entry: z.core.$ZodType }
  | { kind: 'list'; item: z.core.$ZodType }
  | { kind: 'value'; type: string; schema: z.core.$ZodType };

/** What a schema is when its wrappers are taken off: the shape every walk over the tree follows. */
export const nodeOf = remembered((schema): SchemaNode => {
  const bare = layers(schema).at(-1) as z.core.$ZodTypes;
  const def = bare._zod.def;
  if (def.type === 'object') return { kind: 'section', fields: def.shape };
  if (def.type === 'record') return { kind: 'mapping', entry: def.valueType };
  if (def.type === 'array') return { kind: 'list', item: def.element };
  return { kind: 'value', type: def.type, schema: bare };
});

/** The default of a key; `required` when it has none. */
export function defaultOf(schema: z.core.$ZodType): { required: boolean; value: unknown } {
  for (const layer of layers(schema)) {
    const def = (layer as z.core.$ZodTypes)._zod.def;
    if (def.type === 'default' || def.type === 'prefault') {
      return { required: false, value: def.defaultValue };
    }
  }
  return { required: true, value: undefined };
}

/** The name of a property in YAML: its own spelling, else snake_case. */
export function yamlName(property: string, schema: z.core.$ZodType): string {
  return factsOf(schema).yaml ?? property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** Schemas never change, and a walk over a large file asks for the same ones again and again. */
function remembered<T>(compute: (schema: z.core.$ZodType) => T): (schema: z.core.$ZodType) => T {
  const known = new WeakMap<z.core.$ZodType, T>();
  return (schema) => {
    const found = known.get(schema) ?? compute(schema);
    known.set(schema, found);
    return found;
  };
}

function layers(schema: z.core.$ZodType): z.core.$ZodType[] {
  const found = [schema];
  let def = (schema as z.core.$ZodTypes)._zod.def;
  while ('innerType' in def) {
    found.push(def.innerType);
    def = (def.innerType as z.core.$ZodTypes)._zod.def;
  }
  return found;
}
