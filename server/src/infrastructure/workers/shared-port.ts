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
  /** Who needs no connections any more and has not heard yet that none come. */
  private readonly drained = new Set<WorkerProcess>();
  private patience: NodeJS.Timeout | undefined;
  private closing: Promise<void> | undefined;
  private isLeaving = false;

  constructor(private readonly current: () => readonly WorkerProcess[]) {}

  /** Rejects with the system's error. */
  async open({ port, host }: { port: number; host: string }): Promise<void> {
    this.server.listen({ port, host });
    await once(this.server, 'listening');
    const at = this.server.address() as AddressInfo;
    const name = hostOf(at);
    this.address = `http://${isIPv6(name) ? `[${name}]` : name}:${at.port}`;
    if (this.isLeaving) await closePort(this.server);
  }

  /** The worker has its share of the connections from now on, if the port is open. */
  admit({ worker }: WorkerProcess): void {
    if (this.address === '') return;
    say(worker, { lumen: 'open', address: this.address });
    for (const socket of this.waiting.splice(0)) this.hand(socket);
    this.part();
  }

  /**
   * The worker stops, and needs no connections any more. It still gets them as long as nobody else
   * serves, so that none waits for its successor; `closed` tells it that no more come.
   */
  release(one: WorkerProcess): void {
    if (this.drained.size === 0)
      this.patience = setTimeout(this.partNow, LONGEST_DRAINING_MS).unref();
    this.drained.add(one);
    this.part();
  }

  /**
   * All stop. The port is closed when nobody needs it any more, and they hear it when everybody who was
   * let in has been handed to one of them.
   */
  leave(): void {
    this.isLeaving = true;
    this.part();
  }

  private part(): void {
    const othersServe = this.serving().some((each) => !this.drained.has(each));
    if (this.closing || othersServe !== this.isLeaving) this.partNow();
  }

  private readonly partNow = (): void => {
    if (this.isLeaving) void (this.closing ??= closePort(this.server)).then(this.letGo);
    else this.letGo();
  };

  private readonly letGo = (): void => {
    clearTimeout(this.patience);
    for (const one of this.drained) {
      one.isServing = false;
      say(one.worker, { lumen: 'closed' });
    }
    this.drained.clear();
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
