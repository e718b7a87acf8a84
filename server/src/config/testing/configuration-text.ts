import { dump } from 'js-yaml';
import { type Environment } from '../environment.js';
import { loadConfiguration, type LoadedConfiguration } from '../load-configuration.js';
import { formatProblems, type Problem } from '../problem.js';

/** Valid secrets for files that are about something else. */
export const SECRETS = {
  secret_key: 'a-secret-key-of-at-least-32-characters',
  encryption_key: 'an-encryption-key-of-32-characters-or-more',
};

/** The text of a valid file around the sections and keys of `app` that a test is about. */
export function configurationText(
  sections: Record<string, unknown> = {},
  app: Record<string, unknown> = {},
): string {
  return dump({ app: { ...SECRETS, ...app }, ...sections });
}

/** Loads a text that must be valid. */
export function loadText(text: string, env: Environment = {}): LoadedConfiguration {
  const loaded = loadConfiguration({ text, env });
  if (!loaded.ok) throw new Error(formatProblems(loaded.errors));
  return loaded;
}

/** What is wrong with a text, valid or not. */
export function problemsOf(
  text: string,
  env: Environment = {},
): { errors: Problem[]; warnings: Problem[] } {
  const loaded = loadConfiguration({ text, env });
  return { errors: loaded.ok ? [] : loaded.errors, warnings: loaded.warnings };
}

/** Only the places. */
export const pathsOf = (found: readonly Problem[]): string[] => found.map(({ path }) => path);
