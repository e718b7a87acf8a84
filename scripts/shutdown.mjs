import { hasWaitingParent, watchParent } from './parent.mjs';
import { killChildren, stopChildren } from './processes.mjs';

/** Between two Ctrl-C of one person lies more than this; npm hands a single one on twice. */
const SAME_KEY_PRESS_MS = 400;

const EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };

/** How long the children of a task may take to stop, unless it says otherwise. */
const GRACE_MS = 5_000;

const cleanUps = [];
let graceMs;
let stoppingSince;

/** Sets how long the children may take to stop before they are killed. */
export const allowToStop = (ms) => (graceMs = ms);

/** Whether a signal has asked this process to stop. */
export const isStopping = () => stoppingSince !== undefined;

/** Has `work` done when the task ends, in whatever way: last come, first served. */
export function atTheEnd(work) {
  cleanUps.push(work);
}

/** Does what was left for the end. A clean-up that fails does not keep the others from running. */
export async function cleanUp() {
  while (cleanUps.length > 0)
    await cleanUps
      .pop()()
      .catch((error) => console.error(error.message));
}

/**
 * Stops the task on Ctrl-C, SIGTERM or SIGHUP: children first, then the clean-ups. A service that is
 * stopped has done its job and exits 0; anything else exits as its signal demands. A second Ctrl-C
 * kills at once. Answers a function that leaves the signals alone again.
 */
export function stopOnSignals({ isService, graceMs: ms = GRACE_MS }) {
  allowToStop(ms);
  const onSignal = (signal) => {
    if (isStopping()) killOnSecondCtrlC(signal);
    else stop(isService ? 0 : EXIT_CODES[signal]);
  };
  for (const signal of Object.keys(EXIT_CODES)) process.on(signal, onSignal);
  const forgetParent = hasWaitingParent() ? watchParent(() => onSignal('SIGTERM')) : undefined;
  return () => {
    for (const signal of Object.keys(EXIT_CODES)) process.off(signal, onSignal);
    forgetParent?.();
  };
}

async function stop(exitCode) {
  stoppingSince = performance.now();
  if (process.stdout.isTTY)
    process.stdout.write('\r\x1b[2KStopping … (Ctrl-C again stops at once)\n');
  await stopChildren(graceMs);
  await cleanUp();
  process.exit(exitCode);
}

function killOnSecondCtrlC(signal) {
  if (signal !== 'SIGINT' || performance.now() - stoppingSince < SAME_KEY_PRESS_MS) return;
  killChildren();
  process.exit(EXIT_CODES.SIGINT);
}
