import { readFileSync } from 'node:fs';
import { configPath } from './config-file.mjs';
import { inRoot } from './paths.mjs';
import { startNode } from './processes.mjs';

/** Where the echo model listens. */
const PORT = 9999;
const ADDRESS = `http://127.0.0.1:${PORT}`;
const LOCAL_HOSTS = ['localhost', '127.0.0.1', '[::1]'];
const PROBE_MS = 1_000;

/** Starts the echo model; Node runs its TypeScript as it is. */
export const startEcho = () => startNode([inRoot('scripts', 'echo-model', 'main.ts')]);

/**
 * Whether a configuration names the echo model as an endpoint. Read from the text, line by line (an
 * uncommented `url:` on this machine's port 9999), because it is asked before anything that could
 * parse YAML has been started; LLM_BASE_URL counts too.
 */
export function usesEcho(configText, env = process.env) {
  const lines = configText.matchAll(
    /^[ \t]*(?:-[ \t]+)?["']?url["']?[ \t]*:[ \t]*["']?([^\s"'#]+)/gm,
  );
  return [...[...lines].map(([, url]) => url), env.LLM_BASE_URL ?? ''].some(isEcho);
}

function isEcho(address) {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  return url !== undefined && url.port === String(PORT) && LOCAL_HOSTS.includes(url.hostname);
}

/** What answers on the echo model's port: `echo`, `nothing`, or `stranger`. */
async function whoIsOnEchoPort() {
  try {
    const response = await fetch(`${ADDRESS}/v1/models`, { signal: AbortSignal.timeout(PROBE_MS) });
    const { data } = await response.json();
    return data.some((model) => model.id === 'dummy') ? 'echo' : 'stranger';
  } catch (error) {
    return error.cause?.code === 'ECONNREFUSED' ? 'nothing' : 'stranger';
  }
}

/** The configuration; one that is missing or unreadable is for the server to complain about. */
function configText() {
  try {
    return readFileSync(configPath(), 'utf8');
  } catch {
    return '';
  }
}

/**
 * Starts the echo model where the configuration names it and it does not run already; answers its
 * process, if that is a new one.
 */
export async function ensureEchoIfUsed(progress) {
  if (!usesEcho(configText())) return undefined;
  const present = await whoIsOnEchoPort();
  if (present === 'nothing') return startEcho();
  progress.say(
    present === 'echo'
      ? `Using the echo model that already runs on port ${PORT}`
      : `Port ${PORT} is taken by another program, so the echo model is not started and its models will not answer. Stop that program, or name another model in config.yaml.`,
  );
  return undefined;
}
