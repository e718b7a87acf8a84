import { type z } from 'zod';
import { type Configuration, configurationSchema } from './schema/configuration.js';
import { nodeOf } from './schema/key.js';
import { type Steps } from './steps.js';

/** Freezes a validated configuration to its leaves; see `finishTree`. */
export function* finishConfiguration(valid: Configuration): Steps<Configuration> {
  const finished: Record<string, unknown> = {};
  for (const [section, schema] of Object.entries(configurationSchema.shape)) {
    finished[section] = finishTree(schema, valid[section as keyof Configuration]);
    yield;
  }
  return Object.freeze(finished) as Configuration;
}

/**
 * Freezes a validated tree to its leaves. Mappings lose their prototype, so that
 * `groups['constructor']` is `undefined` unless someone has a group of that name.
 */
export function finishTree(schema: z.core.$ZodType, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  const node = nodeOf(schema);
  if (node.kind === 'list') {
    return Object.freeze((value as unknown[]).map((item) => finishTree(node.item, item)));
  }
  if (node.kind === 'value') return Object.freeze(value);
  const finished = (node.kind === 'mapping' ? Object.create(null) : {}) as Record<string, unknown>;
  for (const [name, entry] of Object.entries(value)) {
    const inner = node.kind === 'mapping' ? node.entry : node.fields[name];
    finished[name] = inner ? finishTree(inner, entry) : entry;
  }
  return Object.freeze(finished);
}
