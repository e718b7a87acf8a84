import { type z } from 'zod';
import { type Path } from '../paths.js';
import { factsOf, nodeOf } from '../schema/key.js';
import { isMapping, type YamlMapping } from '../yaml-tree.js';
import { stepInto } from './schema-place.js';

type Schema = z.core.$ZodType;

/** An item of a list as it will be: one that was there, perhaps changed, or a new one. */
export type ListItem = { from: number; changes: TreeChange[] } | { value: unknown };

/** One step from what a file says to what it shall say; paths are those of before. */
export type TreeChange =
  | { kind: 'set'; path: Path; value: unknown }
  | { kind: 'remove'; path: Path }
  | { kind: 'arrange'; path: Path; items: ListItem[] };

/** The smallest steps from one tree to another, so that what stays is not written again. */
export function changesBetween(schema: Schema, before: unknown, after: unknown): TreeChange[] {
  return compare(schema, [before, after], []);
}

function compare(
  schema: Schema | undefined,
  [before, after]: readonly [unknown, unknown],
  path: Path,
): TreeChange[] {
  if (sameTree(before, after)) return [];
  if (after === undefined || after === null) return [{ kind: 'remove', path }];
  if (isMapping(before) && isMapping(after)) return compareMappings(schema, [before, after], path);
  // The section may stand in the file without saying anything, and so may those within it.
  if (before === undefined && isMapping(after) && Object.keys(after).length > 0) {
    return compareMappings(schema, [{}, after], path);
  }
  if (Array.isArray(before) && Array.isArray(after) && after.length > 0 && before.length > 0) {
    return compareLists(schema, [before, after], path);
  }
  return [{ kind: 'set', path, value: after }];
}

function compareMappings(
  schema: Schema | undefined,
  [before, after]: readonly [YamlMapping, YamlMapping],
  path: Path,
): TreeChange[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((name) => {
    const inner = schema && stepInto({ schema, pattern: '' }, name)?.schema;
    return compare(inner, [before[name], after[name]], [...path, name]);
  });
}

function compareLists(
  schema: Schema | undefined,
  [before, after]: readonly [unknown[], unknown[]],
  path: Path,
): TreeChange[] {
  const node = schema && nodeOf(schema);
  const item = node?.kind === 'list' ? node.item : undefined;
  const origins = originsOf(before, after, schema && factsOf(schema).identity);
  const items = after.map((value, index): ListItem => {
    const from = origins[index];
    if (from === undefined || !isMapping(before[from]) !== !isMapping(value)) return { value };
    return { from, changes: compare(item, [before[from], value], [...path, from]) };
  });
  const isInPlace =
    before.length === after.length && origins.every((from, index) => from === index);
  if (isInPlace && items.every((each) => 'from' in each)) {
    return items.flatMap((each) => ('from' in each ? each.changes : []));
  }
  return [{ kind: 'arrange', path, items }];
}

/** Which old item each new one was: that of the same name, else the same, else that of its place. */
function originsOf(before: unknown[], after: unknown[], identity?: string): (number | undefined)[] {
  const free = new Set(before.keys());
  const origins: (number | undefined)[] = after.map(() => undefined);
  const nameOf = (item: unknown) => (isMapping(item) && identity ? item[identity] : undefined);
  const take = (matches: (old: number, index: number) => boolean) => {
    for (const index of after.keys()) {
      if (origins[index] !== undefined) continue;
      const found = [...free].find((old) => matches(old, index));
      if (found === undefined) continue;
      origins[index] = found;
      free.delete(found);
    }
  };
  take(
    (old, index) =>
      nameOf(before[old]) !== undefined && nameOf(before[old]) === nameOf(after[index]),
  );
  take((old, index) => sameTree(before[old], after[index]));
  take((old, index) => old === index && isMapping(before[old]));
  return origins;
}

/** Whether two trees say the same, in whatever order their keys stand. */
export function sameTree(one: unknown, other: unknown): boolean {
  return JSON.stringify(inOrder(one)) === JSON.stringify(inOrder(other));
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (!isMapping(value)) return value ?? null;
  const entries = Object.entries(value).filter(
    ([, entry]) => entry !== undefined && entry !== null,
  );
  const sorted = entries.toSorted(([a], [b]) => (a < b ? -1 : 1));
  return { entries: sorted.map(([name, entry]) => [name, inOrder(entry)]) };
}
