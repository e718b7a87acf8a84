import { once } from 'node:events';
import { type AddressInfo, createServer, isIPv6, type Socket } from 'node:net';
import { closePort, hostOf } from '../http/close-port.js';
import { type ToWorker } from './worker-messages.js';
import { type WorkerProcess } from './worker-process.js';
import { say } from './worker-survey.js';

/** Callers who wait for a worker while there is none: as many as the system keeps for a program. */
const MOST_WAITING = 511;
/** Those who are not done with draining by then are not waited for. */
const LONGEST_DRAINING_MS = 5_000;
const CONNECTION: ToWorker = { lumen: 'connection' };

/**
 * The port that workers share. This process has it, and hands each connection to the next of those
 * who serve. Node's cluster would, too; but what it has on its way to the last worker that closes it
 * keeps forever, and what waits for a free one it cuts off.
 */
export class SharedPort {
  private readonly server = createServer({ pauseOnConnect: true, noDelay: true }, (socket) =>
    this.hand(socket),
  );
  private address = '';
  private readonly waiting: Socket[] = [];
  private turns = 0;
  private readonly drained = new Set<WorkerProcess>();
  private readonly closed = Promise.withResolvers<void>();
  private isClosing = false;

  constructor(private readonly current: () => readonly WorkerProcess[]) {}

  /** Rejects with the system's error. */
  async open({ port, host }: { port: number; host: string }): Promise<void> {
    this.server.listen({ port, host });
    await once(this.server, 'listening');
    const at = this.server.address() as AddressInfo;
    const name = hostOf(at);
    this.address = `http://${isIPv6(name) ? `[${name}]` : name}:${at.port}`;
  }

  /** The worker has its share of the connections from now on, if the port is open. */
  admit({ worker }: WorkerProcess): void {
    if (this.address === '') return;
    say(worker, { lumen: 'open', address: this.address });
    for (const socket of this.waiting.splice(0)) this.hand(socket);
  }

  /** The worker stops alone: others have its share. */
  release(one: WorkerProcess): void {
    one.isServing = false;
    say(one.worker, { lumen: 'closed' });
  }

  /**
   * All stop, and this one needs no connections any more. When none does, the port is closed, and they
   * hear it when everybody who was let in has been handed to one of them.
   */
  releaseTogether(one: WorkerProcess): void {
    if (this.drained.size === 0) setTimeout(this.close, LONGEST_DRAINING_MS).unref();
    this.drained.add(one);
    void this.closed.promise.then(() => say(one.worker, { lumen: 'closed' }));
    if (this.serving().every((each) => this.drained.has(each))) this.close();
  }

  private readonly close = (): void => {
    if (this.isClosing) return;
    this.isClosing = true;
    void closePort(this.server).then(this.closed.resolve);
  };

  private hand(socket: Socket): void {
    const serving = this.serving();
    const next = serving[(this.turns += 1) % serving.length];
    if (next) next.worker.send(CONNECTION, socket, (error) => void (error && socket.destroy()));
    else if (this.waiting.length < MOST_WAITING) this.waiting.push(socket);
    else socket.destroy();
  }

  private serving(): WorkerProcess[] {
    return this.current().filter(({ isServing, worker }) => isServing && worker.isConnected());
  }
}
