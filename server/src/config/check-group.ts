import { type z } from 'zod';
import { describeValue } from './describe-value.js';
import { describeExpected, follow } from './describe-issues.js';
import { formatPath, type Path } from './paths.js';
import { type Problem } from './problem.js';
import { type GroupConfiguration } from './schema/configuration.js';
import { factsOf, nodeOf } from './schema/key.js';
import { group } from './schema/people.js';
import { isMapping, valueAt, type YamlMapping } from './yaml-tree.js';

export type GroupCheck =
  { ok: true; group: GroupConfiguration } | { ok: false; problems: Problem[] };

const LONGEST_MODEL_NAME = 256;

/**
 * Checks a group that was not written in the file by the rules of the file: same limits, same
 * defaults, same accepted words, but the names of properties (`modelAccess.needsAck`) for keys.
 * Unknown properties are dropped. Answers every problem at once.
 */
export function checkGroup(value: unknown): GroupCheck {
  const prepared = prepare(group, value) ?? {};
  const parsed = group.safeParse(prepared);
  const problems = [
    ...(parsed.error?.issues ?? []).map((issue) => describe(issue, prepared)),
    ...problemsOfNames(prepared),
  ];
  if (parsed.success && problems.length === 0) return { ok: true, group: parsed.data };
  return { ok: false, problems };
}

/** Accepted spellings become the one that is validated; null and missing are both "not said". */
function prepare(schema: z.core.$ZodType, raw: unknown): unknown {
  const { read } = factsOf(schema);
  const value = read ? read(raw) : raw;
  if (value === null || value === undefined) return undefined;
  const node = nodeOf(schema);
  if (node.kind === 'list' && Array.isArray(value)) {
    return value.map((item) => prepare(node.item, item) ?? null);
  }
  if (!isMapping(value) || node.kind === 'value' || node.kind === 'list') return value;
  const names = node.kind === 'section' ? Object.keys(node.fields) : Object.keys(value);
  const result = Object.create(null) as YamlMapping;
  for (const name of names) {
    const inner = node.kind === 'section' ? node.fields[name] : node.entry;
    const prepared = inner && Object.hasOwn(value, name) ? prepare(inner, value[name]) : undefined;
    if (prepared !== undefined) result[name] = prepared;
  }
  return result;
}

function describe({ path }: z.core.$ZodIssue, value: unknown): Problem {
  const { schema } = follow(group, path);
  const found = valueAt(value, path as Path);
  const place = formatPath(path as Path);
  const expected = describeExpected(schema);
  if (found === undefined || found === null) {
    return { path: place, message: 'is missing', expected };
  }
  return { path: place, message: 'has a wrong value', found: describeValue(found), expected };
}

/** `tokens` is by model; a name that no model can have would never be looked up. */
function problemsOfNames(prepared: unknown): Problem[] {
  const tokens = isMapping(prepared) ? prepared['tokens'] : undefined;
  if (!isMapping(tokens)) return [];
  const expected = `the name of a model, of 1 to ${LONGEST_MODEL_NAME} characters`;
  return Object.keys(tokens)
    .filter((name) => name.trim() === '' || name.length > LONGEST_MODEL_NAME)
    .map((name) => ({
      path: formatPath(['tokens', name.slice(0, 40)]),
      message: 'is no name',
      expected,
    }));
}
