import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { type Environment } from './environment.js';
import { loadConfiguration, type LoadedConfiguration } from './load-configuration.js';
import { ConfigurationError } from './problem.js';

/** The file that is read when `CONFIG_YAML` names no other. */
export const DEFAULT_CONFIGURATION_FILE = './config.yaml';

/** The configuration file that an environment names. */
export function configurationPath(env: Environment): string {
  return env['CONFIG_YAML']?.trim() || DEFAULT_CONFIGURATION_FILE;
}

/** Reads and validates a configuration file. Throws ConfigurationError with all that is wrong. */
export function readConfigurationFile(path: string, env: Environment): LoadedConfiguration {
  return requireLoaded(path, readText(path), env);
}

/** The same for a text that is there already. */
export function requireLoaded(path: string, text: string, env: Environment): LoadedConfiguration {
  const loaded = loadConfiguration({ text, env });
  if (loaded.ok) return loaded;
  const errors = loaded.errors.map((problem) =>
    problem.path === ''
      ? { ...problem, message: `${basename(path)}: ${problem.message}` }
      : problem,
  );
  throw new ConfigurationError(path, errors);
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new ConfigurationError(path, [{ path: '', message: describeReadError(path, error) }]);
  }
}

/** One line that says why a file cannot be read and what to do. */
export function describeReadError(path: string, error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
  if (code === 'ENOENT') {
    return `There is no ${path}. Copy config.yaml.example to ${path} and edit it, or name another file in CONFIG_YAML.`;
  }
  if (code === 'EACCES')
    return `${path} may not be read by this user. Change its owner or its mode.`;
  if (code === 'EISDIR') {
    return `${path} is a directory. Name the configuration file itself, for instance in CONFIG_YAML.`;
  }
  return `${path} cannot be read (${code}).`;
}
