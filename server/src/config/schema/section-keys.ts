import { type z } from 'zod';
import { configurationSchema } from './configuration.js';
import { factsOf, nodeOf, yamlName } from './key.js';

type Schema = z.core.$ZodType;

interface SectionKey {
  property: string;
  schema: Schema;
}

/** The keys of a section by the names they have in YAML. */
export interface SectionKeys {
  own: ReadonlyMap<string, SectionKey>;
  /** Inner sections whose keys stand in this one. */
  inline: readonly (SectionKey & { names: readonly string[] })[];
  /** The inner mapping that takes the entries nothing else knows. */
  rest: SectionKey | undefined;
  /** Every name that a key of this section may have. */
  known: ReadonlySet<string>;
}

const cache = new WeakMap<Schema, SectionKeys>();

/** Empty for a schema that is no section. */
export function sectionKeys(schema: Schema): SectionKeys {
  const cached = cache.get(schema);
  if (cached) return cached;
  const node = nodeOf(schema);
  const keys = collect(node.kind === 'section' ? node.fields : {});
  cache.set(schema, keys);
  return keys;
}

function collect(fields: Readonly<Record<string, Schema>>): SectionKeys {
  const own = new Map<string, SectionKey>();
  const inline: (SectionKey & { names: string[] })[] = [];
  let rest: SectionKey | undefined;
  for (const [property, schema] of Object.entries(fields)) {
    const { spread } = factsOf(schema);
    if (spread === 'inline')
      inline.push({ property, schema, names: [...sectionKeys(schema).known] });
    else if (spread === 'rest') rest = { property, schema };
    else own.set(yamlName(property, schema), { property, schema });
  }
  const known = new Set([...own.keys(), ...inline.flatMap(({ names }) => names)]);
  return { own, inline, rest, known };
}

/** The sections (`app`, `chat.upload`) that have a key of this name; for hints about lost keys. */
export function placesOfKey(name: string): readonly string[] {
  return placesByKey().get(name) ?? [];
}

let places: Map<string, string[]> | undefined;

function placesByKey(): Map<string, string[]> {
  places ??= collectPlaces(configurationSchema, '', new Map());
  return places;
}

function collectPlaces(
  schema: Schema,
  at: string,
  found: Map<string, string[]>,
): Map<string, string[]> {
  for (const [name, { schema: field }] of sectionKeys(schema).own) {
    if (at !== '') found.set(name, [...(found.get(name) ?? []), at]);
    collectPlaces(field, at === '' ? name : `${at}.${name}`, found);
  }
  return found;
}
