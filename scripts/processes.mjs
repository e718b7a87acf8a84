import { spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import { Failure } from './failure.mjs';
import { root } from './paths.mjs';

/**
 * The processes that a task starts. Each is the head of a process group of its own: a Ctrl-C at the
 * terminal reaches the task only, which then stops its children in order, once and completely.
 */
const children = new Set();
const isWindows = process.platform === 'win32';

/** How long `stopChildren` waits by default before it kills. */
const GRACE_MS = 10_000;

/** How long to wait for the rest of the output of a process that has ended. */
const DRAIN_MS = 2_000;

/** The `stdio` of a child whose output is collected instead of shown. */
export const CAPTURED = ['ignore', 'pipe', 'pipe'];

/**
 * Starts a process that runs on until it ends or `stopChildren` stops it. Its output goes where this
 * process's goes, unless `stdio` says otherwise. The child carries a promise, `ended`, of
 * `{ code, signal }`; it never rejects.
 */
export function startChild(command, args, { env, ...options } = {}) {
  const child = spawn(command, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    ...options,
    env: { ...process.env, ...env },
    detached: !isWindows,
  });
  children.add(child);
  child.ended = new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve({ code: code ?? 1, signal }));
    child.once('error', (error) => resolve({ code: 127, signal: null, error }));
  });
  child.ended.then(() => children.delete(child));
  return child;
}

/** Starts a Node program that ends when this process does, even if this one is killed. */
export function startNode(args, options) {
  const preload = new URL('./exit-with-parent.mjs', import.meta.url).href;
  return startChild(process.execPath, ['--import', preload, ...args], options);
}

/** Runs a command to its end; answers how it ended and what it printed, as `endOf` does. */
export async function capture(command, args, options) {
  const end = await endOf(startChild(command, args, { ...options, stdio: CAPTURED }));
  if (end.error) throw new Failure(`${command} cannot be started: ${end.error.message}.`);
  return end;
}

/**
 * Waits for the end of a child whose output is `CAPTURED`; answers that and what it printed, without
 * colours: `stdout`, and `output` with the errors among it.
 */
export async function endOf(child) {
  const stdout = [];
  const output = [];
  child.stdout.on('data', (chunk) => stdout.push(chunk));
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => output.push(chunk));
  }
  const drained = new Promise((resolve) => child.once('close', resolve));
  const end = await child.ended;
  // What a child leaves behind may hold its output open for good.
  await Promise.race([drained, delay(DRAIN_MS, undefined, { ref: false })]);
  return { ...end, stdout: textOf(stdout), output: textOf(output) };
}

const textOf = (chunks) => stripVTControlCharacters(Buffer.concat(chunks).toString('utf8'));

/** Runs a command; answers its stdout, or throws a Failure with `message` and all it printed. */
export async function runOrFail(command, args, { message, ...options }) {
  const { code, stdout, output } = await capture(command, args, options);
  if (code !== 0) throw new Failure(message, { output });
  return stdout;
}

/**
 * Asks children to stop (all of them, if none are named), waits up to `graceMs` and kills what is
 * left, with all that the children have started themselves.
 */
export async function stopChildren(graceMs = GRACE_MS, stopping = [...children]) {
  for (const child of stopping) askToStop(child);
  const all = Promise.all(stopping.map((child) => child.ended));
  await Promise.race([all, delay(graceMs, undefined, { ref: false })]);
  for (const child of stopping) signalGroup(child, 'SIGKILL');
  await all;
}

/** A child is asked once: servers take a second signal as an order to drop everything. */
function askToStop(child) {
  if (child.isStopping) return;
  child.isStopping = true;
  signalGroup(child, 'SIGTERM');
}

/** Kills every child at once. */
export function killChildren() {
  for (const child of children) signalGroup(child, 'SIGKILL');
}

function signalGroup(child, signal) {
  if (child.pid === undefined) return;
  try {
    if (isWindows) child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH' && error.code !== 'EPERM') throw error;
  }
}
