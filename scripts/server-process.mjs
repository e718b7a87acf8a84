import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { configPath } from './config-file.mjs';
import { inRoot } from './paths.mjs';
import { startNode } from './processes.mjs';

const DEFAULTS = { host: '127.0.0.1', port: 5000, graceS: 30 };
const EVERY_ADDRESS = ['0.0.0.0', '::', '[::]', ''];

/** What a server needs beyond its grace time to flush and close. */
const CLOSING_MS = 10_000;

const POLL_MS = 50;
const PROBE_MS = 5_000;

/** Starts the built server. */
export const startServer = (nodeOptions = []) =>
  startNode([...nodeOptions, inRoot('server', 'dist', 'main.js')]);

/**
 * Where the server will listen and how long it may take to stop: `{ host, port, stopMs }`, `host`
 * being one it can be asked at from here. What is wrong or unreadable is left to the server, which
 * explains it; the defaults stand in. The packages must be installed.
 */
export async function readServerSettings(env = process.env) {
  const { app, server } = (await readConfig()) ?? {};
  const host = env.LUMEN_HOST || app?.host;
  return {
    host: !host || EVERY_ADDRESS.includes(host) ? DEFAULTS.host : String(host),
    port: Number(env.PORT || app?.port || DEFAULTS.port),
    stopMs:
      ((Number(server?.shutdown_grace_s) || DEFAULTS.graceS) + (Number(server?.drain_s) || 0)) *
        1000 +
      CLOSING_MS,
  };
}

async function readConfig() {
  try {
    const { load } = await import('js-yaml');
    return load(readFileSync(configPath(), 'utf8'));
  } catch {
    return undefined;
  }
}

/** The address to tell people. */
export const publicAddress = ({ host, port }) =>
  `http://${host === DEFAULTS.host ? 'localhost' : host}:${port}`;

/** Whether something listens on the server's port already. */
export async function isPortTaken({ host, port }) {
  // A port that is none is the server's to complain about.
  if (!Number.isInteger(port) || port < 1 || port > 65_535) return false;
  const socket = connect({ port, host }).setTimeout(PROBE_MS);
  return new Promise((resolve) => {
    socket.once('connect', () => resolve(true));
    for (const event of ['error', 'timeout']) socket.once(event, () => resolve(false));
  }).finally(() => socket.destroy());
}

/** Waits until the server says it is ready; answers false if `child` ends before that. */
export async function untilReady(child, settings) {
  let hasEnded = false;
  child.ended.then(() => (hasEnded = true));
  while (!hasEnded) {
    if (await isReady(settings)) return true;
    await delay(POLL_MS);
  }
  return false;
}

async function isReady({ host, port }) {
  try {
    const address = `http://${host}:${port}/health/ready`;
    const response = await fetch(address, { signal: AbortSignal.timeout(PROBE_MS) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}
