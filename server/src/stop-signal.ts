import cluster from 'node:cluster';
import { isOurs, type ToWorker } from './infrastructure/workers/worker-messages.js';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/**
 * Closer together than this, two signals are one: systemd tells every process of a service, and the
 * launcher, which is one of them where it runs on another Node, hands on what it is told.
 */
const SAME_SIGNAL_MS = 400;

/** The part of `process` that hears signals. */
type Hearing = Pick<NodeJS.EventEmitter, 'on'>;

interface StopSignals {
  first: () => void;
  /** The same signal once more, from somebody who does not want to wait. */
  again: () => void;
}

export function onStopSignals({ first, again }: StopSignals, source: Hearing = process): void {
  for (const signal of SIGNALS) {
    let heardMs: number | undefined;
    source.on(signal, () => {
      if (heardMs === undefined) {
        heardMs = performance.now();
        first();
      } else if (performance.now() - heardMs >= SAME_SIGNAL_MS) {
        again();
      }
    });
  }
}

/** Resolves at the first SIGINT or SIGTERM; the same one again ends the process at once. */
export function stopSignal(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  onStopSignals({ first: resolve, again: () => process.exit(130) });
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
