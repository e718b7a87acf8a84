import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { inRoot } from './paths.mjs';

/** What config.yaml.example has in place of secrets, each to be another random value. */
const PLACEHOLDERS = ['change-me-to-something-random', 'change-me-to-something-different'];
const SECRET_BYTES = 48;

/** Takes over what `.env` sets, as the server does: it does not win over the real environment. */
export function loadDotEnv() {
  const path = inRoot('.env');
  if (existsSync(path)) process.loadEnvFile(path);
}

/** The configuration that the server will read. */
export const configPath = () => process.env.CONFIG_YAML ?? inRoot('config.yaml');

/**
 * Writes a working development configuration from the example if there is none, readable by this
 * user alone. A file named by CONFIG_YAML is somebody's own and is never made up.
 */
export function ensureConfig(progress) {
  if (process.env.CONFIG_YAML || existsSync(configPath())) return;
  const example = readFileSync(inRoot('config.yaml.example'), 'utf8');
  writeFileSync(configPath(), fillSecrets(example), { mode: 0o600, flag: 'wx' });
  progress.say('Wrote config.yaml from config.yaml.example, with secrets of its own');
}

/** The example with each placeholder replaced by a random secret, the same one wherever it stands. */
export function fillSecrets(
  example,
  random = () => randomBytes(SECRET_BYTES).toString('base64url'),
) {
  return PLACEHOLDERS.reduce(
    (text, placeholder) => text.replaceAll(placeholder, random()),
    example,
  );
}
