import cluster from 'node:cluster';
import { isOurs, type ToWorker } from './infrastructure/workers/worker-messages.js';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** Resolves at the first SIGINT or SIGTERM; a second one ends the process at once. */
export function stopSignal(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  for (const signal of SIGNALS) {
    process.once(signal, () => {
      process.once(signal, () => process.exit(130));
      resolve();
    });
  }
  return promise;
}

/**
 * The same for a worker, which a signal to the whole group reaches, too, beside what the first
 * process says: it stops once, and only the first process ends it sooner. It stops as well when that
 * one is gone.
 */
export function workerStop(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  // Otherwise Node ends a worker on the spot when the first process dies.
  cluster.worker!.exitedAfterDisconnect = true;
  for (const signal of SIGNALS) process.on(signal, () => resolve());
  process.once('disconnect', () => resolve());
  process.on('message', (message) => {
    if (isOurs<ToWorker>(message) && message.lumen === 'stop') resolve();
  });
  return promise;
}
