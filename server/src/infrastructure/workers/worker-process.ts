import cluster, { type Worker } from 'node:cluster';
import { type FromWorker, isOurs, WORKER_NUMBER } from './worker-messages.js';

/** How a worker ended. */
export interface WorkerEnd {
  readonly code: number | null;
  readonly signal: string | null;
  readonly livedMs: number;
}

/** One worker from its start to its end. */
export class WorkerProcess {
  readonly worker: Worker;
  /** True once it can take connections; false if it ended before. */
  readonly serves: Promise<boolean>;
  isServing = false;
  readonly ended: Promise<WorkerEnd>;

  constructor(readonly number: number) {
    const startedMs = performance.now();
    const worker = cluster.fork({ [WORKER_NUMBER]: String(number) });
    const serves = Promise.withResolvers<boolean>();
    const ended = Promise.withResolvers<WorkerEnd>();
    worker.on('message', (message: unknown) => {
      if (!isOurs<FromWorker>(message) || message.lumen !== 'ready') return;
      this.isServing = true;
      serves.resolve(true);
    });
    // A channel that breaks while something is said to it; the end of the process follows.
    worker.on('error', () => undefined);
    worker.once('exit', (code: number | null, signal: string | null) => {
      this.isServing = false;
      serves.resolve(false);
      ended.resolve({ code, signal, livedMs: performance.now() - startedMs });
    });
    this.worker = worker;
    this.serves = serves.promise;
    this.ended = ended.promise;
  }
}
