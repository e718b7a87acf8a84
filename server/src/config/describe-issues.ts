import { type z } from 'zod';
import { type WrittenPaths } from './aliases.js';
import { describeHidden, describeValue } from './describe-value.js';
import { formatPath, type Path } from './paths.js';
import { type Problem } from './problem.js';
import { factsOf, nodeOf, yamlName } from './schema/key.js';
import { valueAt } from './yaml-tree.js';

type Schema = z.core.$ZodType;

export interface IssueContext {
  schema: Schema;
  /** What was validated, to say what was found. */
  value: unknown;
  written: WrittenPaths;
  /** The environment variable that a path's value came from. */
  variableAt: (path: Path) => string | undefined;
}

/** Zod's issues in the words of the file: where, what was found, what is allowed. */
export function describeIssues(
  issues: readonly z.core.$ZodIssue[],
  context: IssueContext,
): Problem[] {
  const seen = new Map<string, Problem>();
  for (const issue of issues) {
    const problem = describeIssue(issue, context);
    if (!seen.has(problem.path)) seen.set(problem.path, problem);
  }
  return [...seen.values()];
}

function describeIssue(issue: z.core.$ZodIssue, context: IssueContext): Problem {
  const { path, schema, isSecret } = follow(context.schema, issue.path);
  const value = valueAt(context.value, issue.path as Path);
  const variable = context.variableAt(path);
  const expected = describeExpected(schema);
  const place = formatPath(context.written.of(path));
  if (value === undefined || value === null)
    return { path: place, message: 'is missing', expected };
  return {
    path: place,
    message: variable
      ? `has a wrong value in the environment variable ${variable}`
      : 'has a wrong value',
    found: isSecret ? describeHidden(value) : describeValue(value) + quotesHint(issue, value),
    expected,
  };
}

/** YAML takes 2024 and true for something else than texts unless they are quoted. */
function quotesHint(issue: z.core.$ZodIssue, value: unknown): string {
  const wantsText = issue.code === 'invalid_type' && issue.expected === 'string';
  const isBare = typeof value === 'number' || typeof value === 'boolean';
  return wantsText && isBare ? ' without quotes' : '';
}

/** From the property names of the schema to the path in the file, and to the schema there. */
export function follow(
  root: Schema,
  properties: readonly PropertyKey[],
): { path: Path; schema: Schema; isSecret: boolean } {
  const path: (string | number)[] = [];
  let schema = root;
  for (const property of properties) {
    const node = nodeOf(schema);
    const next = step(node, property);
    if (!next) break;
    const spread = factsOf(next).spread !== undefined;
    if (node.kind === 'section' && !spread) path.push(yamlName(String(property), next));
    else if (node.kind === 'list') path.push(Number(property));
    else if (node.kind === 'mapping') path.push(String(property));
    schema = next;
  }
  return { path, schema, isSecret: factsOf(schema).secret === true };
}

function step(node: ReturnType<typeof nodeOf>, property: PropertyKey): Schema | undefined {
  if (node.kind === 'section') return node.fields[String(property)];
  if (node.kind === 'mapping') return node.entry;
  return node.kind === 'list' ? node.item : undefined;
}

/** What may stand somewhere, in words. */
export function describeExpected(schema: Schema): string {
  const { allowed } = factsOf(schema);
  if (allowed !== undefined) return allowed;
  const node = nodeOf(schema);
  if (node.kind === 'list') return 'a list';
  if (node.kind === 'mapping') return 'a mapping';
  if (node.kind === 'value') return `a ${node.type}`;
  const names = Object.entries(node.fields).map(([property, field]) => yamlName(property, field));
  return `a mapping with ${names.slice(0, 6).join(', ')}${names.length > 6 ? ', …' : ''}`;
}
