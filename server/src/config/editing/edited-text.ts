import { type Path } from '../paths.js';
import { configurationSchema } from '../schema/configuration.js';
import { isMapping, valueAt, type YamlMapping } from '../yaml-tree.js';
import { type FileTree, normalised, readFileTree } from './file-tree.js';
import { changesBetween, sameTree } from './tree-changes.js';
import { CannotEdit, YamlEditor } from './yaml-editor.js';
import { pairOf } from './yaml-text.js';
import { isMap, parseDocument } from 'yaml';

/** A change by a form: a value for a path, none to go back to the default, or a new name. */
export type FormChange = { path: Path; value: unknown } | { path: Path; name: string };

/**
 * The text with these changes, every other byte as it was.
 * @throws CannotEdit for what can only be changed as text
 */
export function editedText(text: string, changes: readonly FormChange[]): string {
  let current = text;
  for (const change of changes) if ('name' in change) current = renamed(current, change);
  const before = readTree(current);
  const wanted = structuredClone(before.values);
  for (const change of changes) if ('value' in change) put(wanted, change);
  const after = normalised(configurationSchema, wanted) ?? {};
  const steps = changesBetween(configurationSchema, before.values, after);
  if (steps.length === 0) return current;
  const edited = new YamlEditor(current, before).apply(steps);
  const got = readFileTree(edited);
  if (!got || !sameTree(got.values, after)) throw new CannotEdit('');
  return edited;
}

function readTree(text: string): FileTree {
  const tree = readFileTree(text);
  if (!tree) throw new CannotEdit('');
  return tree;
}

function put(tree: YamlMapping, { path, value }: { path: Path; value: unknown }): void {
  let holder: unknown = tree;
  for (const part of path.slice(0, -1)) {
    if (typeof holder !== 'object' || holder === null) throw new CannotEdit('');
    const fields = holder as Record<string | number, unknown>;
    if (fields[part] === undefined || fields[part] === null) fields[part] = Object.create(null);
    holder = fields[part];
  }
  if (typeof holder !== 'object' || holder === null) throw new CannotEdit('');
  const fields = holder as Record<string | number, unknown>;
  if (value === undefined || value === null) delete fields[path.at(-1)!];
  else fields[path.at(-1)!] = value;
}

/** An entry keeps its place and its comments under another name. */
function renamed(text: string, { path, name }: { path: Path; name: string }): string {
  const { written, values } = readTree(text);
  const holder = valueAt(values, path.slice(0, -1));
  if (!isMapping(holder) || !(String(path.at(-1)) in holder) || name in holder) {
    throw new CannotEdit('');
  }
  const place = written.of(path);
  const document = parseDocument(text, { logLevel: 'silent' });
  const map: unknown =
    place.length === 1 ? document.contents : document.getIn(place.slice(0, -1), true);
  const key = isMap(map) ? pairOf(map, String(place.at(-1)))?.key : undefined;
  if (!key?.range) throw new CannotEdit('');
  const [start, end] = key.range;
  const edited = text.slice(0, start) + nameOf(name) + text.slice(end);
  const after = readFileTree(edited);
  const found = after && valueAt(after.values, [...path.slice(0, -1), name]);
  if (!sameTree(found, holder[String(path.at(-1))])) throw new CannotEdit('');
  return edited;
}

function nameOf(name: string): string {
  return /^[A-Za-z][\w-]*$/.test(name) && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(name)
    ? name
    : JSON.stringify(name);
}
