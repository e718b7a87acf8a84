import { type z } from 'zod';
import { configurationSchema } from './schema/configuration.js';
import { nodeOf } from './schema/key.js';
import { type Steps } from './steps.js';
import { isMapping, type YamlMapping } from './yaml-tree.js';

const ENTRIES_AT_ONCE = 250;

export type Validated =
  | { success: true; data: z.output<typeof configurationSchema> }
  | { success: false; issues: z.core.$ZodIssue[] };

/** What `configurationSchema.safeParse` says, worked out section by section, long ones in parts. */
export function* validateTree(value: YamlMapping): Steps<Validated> {
  const data: Record<string, unknown> = {};
  const issues: z.core.$ZodIssue[] = [];
  for (const [property, schema] of Object.entries(configurationSchema.shape)) {
    const parsed = yield* validateSection(schema, value[property]);
    for (const issue of parsed.issues) {
      issues.push({ ...issue, path: [property, ...issue.path] });
    }
    data[property] = parsed.data;
    yield;
  }
  if (issues.length > 0) return { success: false, issues };
  return { success: true, data: data as z.output<typeof configurationSchema> };
}

function* validateSection(schema: z.ZodType, value: unknown): Steps<ValidatedSection> {
  if (nodeOf(schema).kind !== 'mapping' || !isMapping(value)) return validate(schema, value);
  const names = Object.keys(value);
  const data: Record<string, unknown> = {};
  const issues: z.core.$ZodIssue[] = [];
  for (let start = 0; start < names.length; start += ENTRIES_AT_ONCE) {
    const part: YamlMapping = Object.create(null) as YamlMapping;
    for (const name of names.slice(start, start + ENTRIES_AT_ONCE)) part[name] = value[name];
    const parsed = validate(schema, part);
    issues.push(...parsed.issues);
    Object.assign(data, parsed.data);
    yield;
  }
  return { data, issues };
}

interface ValidatedSection {
  data: unknown;
  issues: readonly z.core.$ZodIssue[];
}

function validate(schema: z.ZodType, value: unknown): ValidatedSection {
  const { success, data, error } = schema.safeParse(value);
  return success ? { data, issues: [] } : { data: undefined, issues: error.issues };
}
