import { type z } from 'zod';
import { formatPath, type Path } from './paths.js';
import { type Configuration, configurationSchema } from './schema/configuration.js';
import { factsOf, nodeOf, type Reload, type SchemaNode, yamlName } from './schema/key.js';
import { Secret } from './secret.js';
import { atOnce, inTurns, type Steps } from './steps.js';

type Schema = z.core.$ZodType;
type Fields = Readonly<Record<string, unknown>>;

export interface ConfigurationDifference {
  /** In the spelling of the file: `groups.staff.max`, `models["dummy"].disabled`. */
  path: string;
  /** Whether it is in force at once or after a restart. */
  reload: Reload;
}

/** Every key in which two configurations differ. Values are compared, never shown. */
export function diffConfigurations(
  previous: Configuration,
  current: Configuration,
): ConfigurationDifference[] {
  return atOnce(differencesOf(previous, current));
}

/** The same, giving way to others between the sections. */
export function diffInTurns(
  previous: Configuration,
  current: Configuration,
): Promise<ConfigurationDifference[]> {
  return inTurns(differencesOf(previous, current));
}

function* differencesOf(
  previous: Configuration,
  current: Configuration,
): Steps<ConfigurationDifference[]> {
  const walk = new DiffWalk();
  for (const [property, schema] of Object.entries(configurationSchema.shape)) {
    walk.compareSections({ [property]: schema }, [previous, current], { path: [], reload: 'hot' });
    yield;
  }
  return walk.differences;
}

/** `next` with the values of `running` in every key that needs a restart. */
export function keepRestartOnly(running: Configuration, next: Configuration): Configuration {
  return keep(configurationSchema, running, next) as Configuration;
}

interface Place {
  path: Path;
  reload: Reload;
}

class DiffWalk {
  readonly differences: ConfigurationDifference[] = [];

  compare(schema: Schema, values: [unknown, unknown], place: Place): void {
    if (same(values[0], values[1])) return;
    const node = nodeOf(schema);
    const reload = factsOf(schema).reload ?? place.reload;
    const here = { path: place.path, reload };
    if (node.kind === 'section') this.compareSections(node.fields, fieldsOf(values), here);
    else if (node.kind === 'mapping') this.compareMappings(node.entry, fieldsOf(values), here);
    else if (node.kind === 'list')
      this.compareLists(schema, node, values as [unknown[], unknown[]], here);
    else this.changed(here);
  }

  compareSections(
    fields: Readonly<Record<string, Schema>>,
    [before, after]: [Fields, Fields],
    { path, reload }: Place,
  ): void {
    for (const [property, schema] of Object.entries(fields)) {
      const inside = factsOf(schema).spread === undefined ? [yamlName(property, schema)] : [];
      this.compare(schema, [before[property], after[property]], {
        path: [...path, ...inside],
        reload,
      });
    }
  }

  private compareMappings(
    entry: Schema,
    [before, after]: [Fields, Fields],
    { path, reload }: Place,
  ): void {
    for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
      const place = { path: [...path, name], reload };
      if (name in before && name in after) this.compare(entry, [before[name], after[name]], place);
      else this.changed(place);
    }
  }

  private compareLists(
    schema: Schema,
    node: SchemaNode & { kind: 'list' },
    [before, after]: [unknown[], unknown[]],
    place: Place,
  ): void {
    const { identity } = factsOf(schema);
    const items = [before, after].map((list) => byIdentity(list, identity)) as [Fields, Fields];
    const names = items.map((list) => Object.keys(list));
    if (nodeOf(node.item).kind !== 'section' || !same(...(names as [string[], string[]]))) {
      this.changed(place);
    }
    if (nodeOf(node.item).kind !== 'section') return;
    for (const name of names[0] ?? []) {
      if (!(name in items[1])) continue;
      const part = identity === undefined ? Number(name) : name;
      this.compare(node.item, [items[0][name], items[1][name]], {
        ...place,
        path: [...place.path, part],
      });
    }
  }

  private changed({ path, reload }: Place): void {
    this.differences.push({ path: formatPath(path), reload });
  }
}

function byIdentity(list: unknown[] = [], identity?: string): Fields {
  const items = Object.create(null) as Record<string, unknown>;
  list.forEach((item, index) => {
    items[identity === undefined ? String(index) : String((item as Fields)[identity])] = item;
  });
  return items;
}

function fieldsOf([before, after]: [unknown, unknown]): [Fields, Fields] {
  return [(before ?? {}) as Fields, (after ?? {}) as Fields];
}

function same(before: unknown, after: unknown): boolean {
  if (before instanceof Secret && after instanceof Secret) return before.equals(after);
  if (typeof before !== 'object' || typeof after !== 'object' || !before || !after) {
    return before === after;
  }
  if (Array.isArray(before) !== Array.isArray(after)) return false;
  const names = Object.keys(before);
  return (
    names.length === Object.keys(after).length &&
    names.every((name) => name in after && same((before as Fields)[name], (after as Fields)[name]))
  );
}

/** Restart-only keys stand in sections only, so lists and mappings are taken as they are. */
function keep(schema: Schema, running: unknown, next: unknown): unknown {
  if (factsOf(schema).reload === 'restart') return running;
  const node = nodeOf(schema);
  if (node.kind !== 'section' || !running || !next) return next;
  const kept = Object.entries(node.fields).map(([property, field]) => [
    property,
    keep(field, (running as Fields)[property], (next as Fields)[property]),
  ]);
  return Object.freeze(Object.fromEntries(kept));
}
