import { ALL_PARTS, build } from '../build.mjs';
import { ensureConfig, loadDotEnv } from '../config-file.mjs';
import { ensureEchoIfUsed } from '../echo.mjs';
import { Failure } from '../failure.mjs';
import { install } from '../install.mjs';
import { stopChildren } from '../processes.mjs';
import {
  isPortTaken,
  publicAddress,
  readServerSettings,
  startServer,
  untilReady,
} from '../server-process.mjs';
import { allowToStop } from '../shutdown.mjs';

/** How long the others may take to stop when one of the processes has died. */
const GRACE_MS = 10_000;

/** `npm start`: everything from a fresh clone to a served address, then until it is stopped. */
export async function run({ progress }) {
  await install(progress);
  await build(ALL_PARTS, progress);
  loadDotEnv();
  ensureConfig(progress);
  const children = await startAll(progress);
  const { name, code, signal } = await Promise.race(children.map(endOf));
  await stopChildren(GRACE_MS);
  // The server says itself why it ends; of a process that was killed nobody else tells.
  if (signal || name !== 'The server') throw new Failure(`${name} has ended (${signal ?? code}).`);
  return code || 1;
}

const endOf = async ({ name, child }) => ({ name, ...(await child.ended) });

async function startAll(progress) {
  const settings = await readServerSettings();
  allowToStop(settings.stopMs);
  const echo = await ensureEchoIfUsed(progress);
  const isTaken = await isPortTaken(settings);
  const startedAt = performance.now();
  const server = startServer();
  // Where another program has the port, the server says so and ends; that program's health is not its.
  if (!isTaken) {
    void untilReady(server, settings).then((isReady) => {
      if (isReady) announce(progress, performance.now() - startedAt, settings);
    });
  }
  const running = [{ name: 'The server', child: server }];
  return echo ? [...running, { name: 'The echo model', child: echo }] : running;
}

function announce(progress, tookMs, settings) {
  progress.say(`Starting the server: ${(tookMs / 1000).toFixed(1)} s`);
  progress.say(`Lumen is ready at ${publicAddress(settings)}`);
}
