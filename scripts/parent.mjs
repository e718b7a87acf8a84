const POLL_MS = 500;

/**
 * Calls `onGone` once the process that started this one is gone, however it ended; answers a
 * function that stops watching. Does not keep this process running.
 */
export function watchParent(onGone) {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    onGone();
  }, POLL_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/**
 * Whether the end of this process's parent means that somebody killed it: npm and the launcher wait
 * for what they have started. A shell may well end before what it has put in the background.
 */
export const hasWaitingParent = () =>
  Boolean(process.env.npm_lifecycle_event ?? process.env.LUMEN_LAUNCHED);
