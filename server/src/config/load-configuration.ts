import { createHash } from 'node:crypto';
import { type z } from 'zod';
import { applyAliases, type WrittenPaths } from './aliases.js';
import { checkConfigurationRules } from './checks/rules.js';
import { describeIssues } from './describe-issues.js';
import { applyEnvironment, type Environment } from './environment.js';
import { finishConfiguration } from './finish-tree.js';
import { type Problem } from './problem.js';
import { readTree } from './read-tree.js';
import { type Configuration, configurationSchema } from './schema/configuration.js';
import { Sources } from './sources.js';
import { atOnce, inTurns, type Steps } from './steps.js';
import { validateTree } from './validate-tree.js';
import { isMapping, parseYamlInSteps, type YamlMapping } from './yaml-tree.js';

export interface ConfigurationText {
  text: string;
  env: Environment;
}

export interface LoadedConfiguration {
  ok: true;
  config: Configuration;
  warnings: Problem[];
  sources: Sources;
  /** Of the text, to recognise it again. */
  digest: string;
}

export interface RefusedConfiguration {
  ok: false;
  errors: Problem[];
  warnings: Problem[];
}

type Loading = LoadedConfiguration | RefusedConfiguration;

/**
 * Makes a configuration of the text of a file and the environment, and of the files that variables
 * of the environment name (`…_FILE`), which it reads. Never throws for bad input: it either answers
 * the validated, complete, deep-frozen tree, or every error at once.
 */
export function loadConfiguration(input: ConfigurationText): Loading {
  return atOnce(load(input));
}

/** The same, giving way to others between its steps. */
export function loadConfigurationInTurns(input: ConfigurationText): Promise<Loading> {
  return inTurns(load(input));
}

function* load({ text, env }: ConfigurationText): Steps<Loading> {
  const yaml = yield* parseYamlInSteps(text);
  if (!yaml.ok) return { ok: false, errors: yaml.problems, warnings: [] };
  yield;
  const { written, errors } = applyAliases(yaml.tree);
  yield;
  const environment = applyEnvironment(yaml.tree, env);
  const sources = new Sources(yaml.tree, environment.variables);
  yield;
  const read = yield* readTree(configurationSchema, yaml.tree, written);
  fillDependentDefaults(read.value);
  const parsed = yield* parseTolerantly(read.value, written, sources);
  const rules = checkConfigurationRules({ ...parsed, written, sources });
  yield;
  const known = new Set(environment.errors.map(({ path }) => path));
  const found = [...read.errors, ...parsed.errors, ...rules.errors];
  // What stands there, or is missing, is no fault of its own where a file should have said it.
  const others = found.filter(({ path }) => !known.has(path));
  const allErrors = [...errors, ...environment.errors, ...others];
  const warnings = [...read.warnings, ...rules.warnings];
  if (allErrors.length > 0 || !parsed.config) return { ok: false, errors: allErrors, warnings };
  const config = yield* finishConfiguration(parsed.config);
  return { ok: true, config, warnings, sources, digest: digestOf(text) };
}

export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}

/** Defaults that depend on other keys. The tree is not validated yet. */
function fillDependentDefaults(tree: YamlMapping): void {
  const app = (tree['app'] ??= {});
  if (isMapping(app)) {
    if (typeof app['encryptionKey'] === 'string') app['apiKeySecret'] ??= app['encryptionKey'];
    app['host'] ??= app['debug'] === true ? '127.0.0.1' : '0.0.0.0';
  }
  if (tree['version'] !== 2) return;
  const defaults = (tree['defaults'] ??= {});
  const models = isMapping(defaults) ? (defaults['models'] ??= {}) : undefined;
  if (isMapping(models)) models['access'] ??= 'blocked';
}

export interface ParsedTree {
  /** Complete even if there were errors, with defaults in place of wrong values where possible. */
  config: Configuration | undefined;
  errors: Problem[];
  /** Sections with wrong values, which rules across sections must not judge. */
  brokenSections: ReadonlySet<string>;
}

/** Validates; then once more without the wrong values, so that later checks see the rest. */
function* parseTolerantly(
  value: YamlMapping,
  written: WrittenPaths,
  sources: Sources,
): Steps<ParsedTree> {
  const first = yield* validateTree(value);
  if (first.success) return { config: first.data, errors: [], brokenSections: new Set() };
  const { issues } = first;
  const errors = describeIssues(issues, {
    schema: configurationSchema,
    value,
    written,
    variableAt: (path) => sources.variableAt(path),
  });
  const brokenSections = new Set(issues.map(({ path }) => String(path[0])));
  yield;
  const rest = yield* validateTree(withoutBroken(value, issues));
  return { config: rest.success ? rest.data : undefined, errors, brokenSections };
}

/** Stands in for required secrets that are wrong or missing, so that the other checks can run. */
const PLACEHOLDER = { secretKey: 'x'.repeat(32), encryptionKey: 'y'.repeat(32) };

function withoutBroken(value: YamlMapping, issues: readonly z.core.$ZodIssue[]): YamlMapping {
  const broken = new Set(issues.map(({ path }) => String(path[0])));
  const rest: YamlMapping = { ...value };
  for (const section of broken) delete rest[section];
  rest['app'] ??= PLACEHOLDER;
  return rest;
}
