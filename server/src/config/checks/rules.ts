import { type WrittenPaths } from '../aliases.js';
import { formatPath, type Path } from '../paths.js';
import { type Problem } from '../problem.js';
import { type Configuration } from '../schema/configuration.js';
import { type Sources } from '../sources.js';
import { accessRules } from './access.js';
import { budgetRules } from './budgets.js';
import { modelRules } from './models.js';
import { peopleRules } from './people.js';
import { type ConfigurationRule } from './rule.js';
import { securityRules } from './security.js';
import { serviceRules } from './services.js';

const RULES: readonly ConfigurationRule[] = [
  ...securityRules,
  ...peopleRules,
  ...modelRules,
  ...accessRules,
  ...budgetRules,
  ...serviceRules,
];

export interface RulesInput {
  config: Configuration | undefined;
  brokenSections: ReadonlySet<string>;
  written: WrittenPaths;
  sources: Sources;
}

/** Runs every rule whose sections are valid by themselves. */
export function checkConfigurationRules(input: RulesInput): {
  errors: Problem[];
  warnings: Problem[];
} {
  const { config, sources, brokenSections, written } = input;
  const found = { errors: [] as Problem[], warnings: [] as Problem[] };
  if (!config) return found;
  const report = (problems: Problem[]) => (path: Path, message: string) => {
    problems.push({ path: formatPath(written.of(path)), message });
  };
  const context = { config, sources, error: report(found.errors), warn: report(found.warnings) };
  for (const rule of RULES) {
    if (!rule.reads.some((section) => brokenSections.has(section))) rule.check(context);
  }
  return found;
}
