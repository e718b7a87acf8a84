import { type Environment } from './environment.js';
import { type LoadedConfiguration } from './load-configuration.js';
import { ConfigurationError, formatProblems, type Problem } from './problem.js';
import { readConfigurationFile } from './read-configuration-file.js';

/** What `lumen config check` prints, and whether the configuration may be used. */
export interface ConfigurationCheck {
  ok: boolean;
  errors: readonly Problem[];
  warnings: readonly Problem[];
  report: string;
}

/** Reads a configuration file as a start would, and says all there is to say about it. */
export function checkConfiguration(path: string, env: Environment): ConfigurationCheck {
  try {
    const loaded = readConfigurationFile(path, env);
    const { warnings } = loaded;
    return { ok: true, errors: [], warnings, report: describeLoaded(path, loaded) };
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return { ok: false, errors: error.problems, warnings: [], report: error.message };
  }
}

function describeLoaded(path: string, { config, warnings, sources }: LoadedConfiguration): string {
  const { models, groups, clients } = config;
  const counts = [
    count(models.length, 'model'),
    count(Object.keys(groups).length, 'group'),
    count(Object.keys(clients).length, 'client'),
  ];
  const overrides = [...sources.overrides].map(([key, variable]) => `  ${variable} sets ${key}`);
  return [
    `${path} is valid: ${counts.join(', ')}.`,
    ...(overrides.length > 0 ? ['From the environment:', ...overrides] : []),
    ...(warnings.length > 0
      ? [`${count(warnings.length, 'warning')}:`, formatProblems(warnings)]
      : []),
  ].join('\n');
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
