import { once } from 'node:events';
import { type AddressInfo, createServer, isIPv6, type Socket } from 'node:net';
import { closePort, hostOf } from '../http/close-port.js';
import { type WorkerProcess } from './worker-process.js';
import { say } from './worker-survey.js';

/** Callers who wait while there is no worker: as many as the system keeps for a program. */
const MOST_WAITING = 511;
/** Those who are not done with draining by then are not waited for. */
const LONGEST_DRAINING_MS = 5_000;

/**
 * The port that workers share. This process has it, and hands each connection to the next of those
 * who serve. Node's cluster would, too; but what it has on its way to the last worker that closes it
 * keeps forever, and what waits for a free one it cuts off.
 */
export class SharedPort {
  private readonly server = createServer({ pauseOnConnect: true, noDelay: true }, (socket) =>
    this.take(socket),
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
    this.handOn();
    this.part();
  }

  /**
   * The worker stops, and needs no connections any more. Unless another has its place it still gets
   * them as long as nobody else serves, so that none waits; `closed` tells it that no more come.
   */
  release(one: WorkerProcess): void {
    if (!this.current().includes(one)) return this.letGo([one]);
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
    if (this.isLeaving) void (this.closing ??= closePort(this.server)).then(this.letAllGo);
    else this.letAllGo();
  };

  private readonly letAllGo = (): void => {
    clearTimeout(this.patience);
    if (this.isLeaving) this.handAllOn();
    this.letGo(this.drained);
    this.drained.clear();
  };

  private letGo(these: Iterable<WorkerProcess>): void {
    for (const one of these) {
      one.isServing = false;
      say(one.worker, { lumen: 'closed' });
    }
  }

  /** The worker has ended; what it had not taken others take. */
  bury({ unsent }: WorkerProcess): void {
    this.waiting.unshift(...unsent);
    unsent.clear();
    this.handOn();
  }

  private take(socket: Socket): void {
    if (this.waiting.length < MOST_WAITING || this.serving().length > 0) this.waiting.push(socket);
    else socket.destroy();
    this.handOn();
  }

  /** In turn, but a worker that is behind is left out, so that one that hangs gets two at most. */
  private readonly handOn = (): void => {
    while (this.waiting.length > 0) {
      const free = this.serving().filter(({ unsent }) => unsent.size === 0);
      const next = free[(this.turns += 1) % free.length];
      if (!next) return;
      next.hand(this.waiting.shift()!, this.handOn);
    }
  };

  /** Nobody gets any after this. */
  private handAllOn(): void {
    const serving = this.serving();
    if (serving.length === 0) return;
    for (const socket of this.waiting.splice(0)) {
      serving[(this.turns += 1) % serving.length]!.hand(socket, this.handOn);
    }
  }

  private serving(): WorkerProcess[] {
    return this.current().filter(({ isServing, worker }) => isServing && worker.isConnected());
  }
}
