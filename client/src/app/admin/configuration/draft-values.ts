/** A place in the configuration, as the form spells it. */
export type Path = readonly (string | number)[];
export type Values = Readonly<Record<string, unknown>>;

/** One difference between what the file says and what it shall say. */
export interface ValueChange {
  path: Path;
  /** null: back to the default. */
  value: unknown;
}

export function isMapping(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function valueAt(values: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, part) => {
    if (typeof value !== 'object' || value === null) return undefined;
    return (value as Record<string | number, unknown>)[part];
  }, values);
}

/** The same values with another one at a path; undefined takes the key away. */
export function withValue(values: unknown, path: Path, value: unknown): unknown {
  const [part, ...rest] = path;
  if (part === undefined) return value;
  if (Array.isArray(values)) {
    const items = values as readonly unknown[];
    return items.map((item, index) => (index === part ? withValue(item, rest, value) : item));
  }
  const fields: Values = isMapping(values) ? values : {};
  const next = withValue(fields[part], rest, value);
  if (next !== undefined) return { ...fields, [part]: next };
  return Object.fromEntries(Object.entries(fields).filter(([name]) => name !== String(part)));
}

/** The same values with an entry under another name, in its place. */
export function withName(values: unknown, path: Path, name: string): unknown {
  const holder = valueAt(values, path.slice(0, -1));
  if (!isMapping(holder)) return values;
  const entries = Object.entries(holder).map(([each, entry]) => [
    each === String(path.at(-1)) ? name : each,
    entry,
  ]);
  return withValue(values, path.slice(0, -1), Object.fromEntries(entries));
}

/** Every place in which two trees differ; a list differs as a whole. */
export function changesBetween(before: unknown, after: unknown, path: Path = []): ValueChange[] {
  if (isMapping(before) && isMapping(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return names.flatMap((name) => changesBetween(before[name], after[name], [...path, name]));
  }
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  return [{ path, value: after ?? null }];
}

/** As the server writes paths: `models[0].name`, `users["a@b.edu"].groups`. */
export function formatPath(path: Path): string {
  let text = '';
  for (const part of path) {
    if (typeof part === 'number') text += `[${part}]`;
    else if (!/^[A-Za-z_][\w-]*$/.test(part)) text += `[${JSON.stringify(part)}]`;
    else text += text === '' ? part : `.${part}`;
  }
  return text;
}
