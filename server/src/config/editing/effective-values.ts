import { formatPath, type Path } from '../paths.js';
import { configurationSchema, type Configuration } from '../schema/configuration.js';
import { nodeOf } from '../schema/key.js';
import { sectionKeys } from '../schema/section-keys.js';
import { type ConfigurationSource, type Sources } from '../sources.js';
import { isSecretPlace } from './schema-place.js';
import { type z } from 'zod';

/** The value in force of one key of a section, and where it comes from. */
export interface EffectiveValue {
  path: string;
  /** Null for a secret, which is only said to be there. */
  value: unknown;
  isSecret: boolean;
  isSet: boolean;
  source: ConfigurationSource;
  variable: string | null;
}

/** Every key outside of lists and mappings, in the order of the schema. */
export function effectiveValues(config: Configuration, sources: Sources): EffectiveValue[] {
  const found: EffectiveValue[] = [];
  const walk = (schema: z.core.$ZodType, value: unknown, path: Path): void => {
    for (const [name, { property, schema: field }] of sectionKeys(schema).own) {
      const at = [...path, name];
      const inner = (value as Record<string, unknown> | null)?.[property];
      const { kind } = nodeOf(field);
      if (kind === 'section') walk(field, inner, at);
      else if (kind !== 'mapping' && name !== 'models') found.push(describe(field, inner, at));
    }
  };
  const describe = (schema: z.core.$ZodType, value: unknown, path: Path): EffectiveValue => {
    const isSecret = isSecretPlace({ schema, pattern: '' });
    return {
      path: formatPath(path),
      value: isSecret ? null : (value ?? null),
      isSecret,
      isSet: value !== null && value !== undefined,
      source: sources.of(path),
      variable: sources.variableAt(path) ?? null,
    };
  };
  walk(configurationSchema, config, []);
  return found;
}

/** A key whose value in the file is in force only after a restart. */
export interface WaitingValue {
  path: string;
  /** Null, as is the other, for a secret and for what is no single value. */
  inForce: unknown;
  inFile: unknown;
  isSecret: boolean;
}

/** What these keys are and what they will be. */
export function waitingValues(
  paths: readonly string[],
  config: Configuration,
  file: { config: Configuration; sources: Sources },
): WaitingValue[] {
  const byPath = (values: EffectiveValue[]) => new Map(values.map((each) => [each.path, each]));
  const running = byPath(effectiveValues(config, file.sources));
  const written = byPath(effectiveValues(file.config, file.sources));
  return paths.map((path) => ({
    path,
    inForce: running.get(path)?.value ?? null,
    inFile: written.get(path)?.value ?? null,
    isSecret: running.get(path)?.isSecret ?? false,
  }));
}
