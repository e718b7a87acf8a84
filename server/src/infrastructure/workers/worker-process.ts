import cluster, { type Worker } from 'node:cluster';
import { WORKER_NUMBER } from './worker-messages.js';

/** How a worker ended. */
export interface WorkerEnd {
  readonly code: number | null;
  readonly signal: string | null;
  readonly livedMs: number;
}

/** One worker from its start to its end. */
export class WorkerProcess {
  readonly worker: Worker;
  /** True once it takes connections; false if it ended before. */
  readonly listens: Promise<boolean>;
  readonly ended: Promise<WorkerEnd>;

  constructor(readonly number: number) {
    const startedMs = performance.now();
    const worker = cluster.fork({ [WORKER_NUMBER]: String(number) });
    const listens = Promise.withResolvers<boolean>();
    const ended = Promise.withResolvers<WorkerEnd>();
    worker.once('listening', () => listens.resolve(true));
    // A channel that breaks while something is said to it; the end of the process follows.
    worker.on('error', () => undefined);
    worker.once('exit', (code: number | null, signal: string | null) => {
      listens.resolve(false);
      ended.resolve({ code, signal, livedMs: performance.now() - startedMs });
    });
    this.worker = worker;
    this.listens = listens.promise;
    this.ended = ended.promise;
  }
}
