import cluster, { type Worker } from 'node:cluster';
import { type Socket } from 'node:net';
import { type FromWorker, isOurs, type ToWorker, WORKER_NUMBER } from './worker-messages.js';

const CONNECTION: ToWorker = { lumen: 'connection' };

/** What the system knows a connection by. */
interface Handle {
  close: () => void;
}

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
  /** Connections that wait until the worker has taken the one before: one that hangs takes none. */
  readonly unsent = new Set<Socket>();
  private underWay: Handle | undefined;

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
      // Node keeps what a process that died may not have taken, and its caller would wait for ever.
      this.underWay?.close();
      serves.resolve(false);
      ended.resolve({ code, signal, livedMs: performance.now() - startedMs });
    });
    this.worker = worker;
    this.serves = serves.promise;
    this.ended = ended.promise;
  }

  /** The connection is the worker's; `sent` is called when it has taken the one before. */
  hand(socket: Socket, sent: () => void): void {
    const { _handle } = socket as unknown as { _handle: Handle | undefined };
    this.unsent.add(socket);
    this.worker.send(CONNECTION, socket, (error) => {
      this.underWay = _handle;
      if (error) socket.destroy();
      if (this.unsent.delete(socket)) sent();
    });
  }
}
