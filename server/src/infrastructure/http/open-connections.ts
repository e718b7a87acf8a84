import { type Server, type ServerResponse } from 'node:http';
import { Server as TcpServer, type Socket } from 'node:net';
import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';

/** What an answer that is cut at the end of the grace time may take to reach its caller. */
const FLUSH_MS = 1000;
/** Nobody has come or asked for so long: what sent requests here goes elsewhere now. */
const QUIET_MS = 100;
const LOOK_EVERY_MS = 10;
/** A crowd that does not end is turned away. */
const LONGEST_CROWD_MS = 2000;

/**
 * The connections of a server, and how it parts from them: those in front of it must neither lose a
 * request nor have one refused, and none can hold up its end (Node waits for connections that never
 * asked anything, which browsers open in advance, and for callers who do not read, for minutes).
 */
export class OpenConnections {
  private readonly sockets = new Set<Socket>();
  private readonly answers = new Set<ServerResponse>();
  private isLeaving = false;
  private taken = 0;
  private usedMs = -Infinity;

  constructor(private readonly server: Server) {
    server.on('connection', (socket: Socket) => {
      this.taken += 1;
      this.usedMs = performance.now();
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
    });
    server.prependListener('request', (_request, answer: ServerResponse) => {
      this.usedMs = performance.now();
      this.answers.add(answer);
      answer.once('close', () => this.answers.delete(answer));
      if (this.isLeaving) answer.shouldKeepAlive = false;
    });
  }

  /**
   * For `drainMs` everything is taken as ever, but each connection is closed after its answer; then
   * no new connections are, and those that wait for nothing are closed once nobody asks any more,
   * for those who have just come may have a request on its way.
   * What is left is cut when the grace time is over; answers what calls that off.
   */
  async end({ drainMs, graceMs }: { drainMs: number; graceMs: number }): Promise<() => void> {
    this.isLeaving = true;
    for (const answer of this.answers) this.closeAfter(answer);
    if (drainMs > 0) await delay(drainMs);
    const cut = setTimeout(() => this.server.closeAllConnections(), graceMs + FLUSH_MS);
    await this.takeAllAtTheDoor();
    // Not the HTTP server's own, which closes at once those in whose way a request may be.
    TcpServer.prototype.close.call(this.server);
    await this.quiet(graceMs);
    // A request that arrived while this process was busy would be reset unread.
    await wholeTurn();
    for (const socket of this.sockets) if (socket.bytesRead === 0) socket.destroy();
    this.server.close();
    return () => clearTimeout(cut);
  }

  /**
   * Connections that the system has accepted for us are reset when the port is closed. We are handed
   * one in a turn of the event loop: none are left after a turn that brought none.
   */
  private async takeAllAtTheDoor(): Promise<void> {
    const deadlineMs = performance.now() + LONGEST_CROWD_MS;
    for (let before = -1; before !== this.taken && performance.now() < deadlineMs;) {
      before = this.taken;
      await wholeTurn();
    }
  }

  private closeAfter(answer: ServerResponse): void {
    if (answer.headersSent) answer.once('finish', () => answer.socket?.end());
    else answer.shouldKeepAlive = false;
  }

  private async quiet(longestMs: number): Promise<void> {
    const deadlineMs = performance.now() + longestMs;
    const isQuiet = () => this.sockets.size === 0 || performance.now() - this.usedMs > QUIET_MS;
    while (!isQuiet() && performance.now() < deadlineMs) await delay(LOOK_EVERY_MS);
  }
}

/** With a look at all sockets: in what is left of this turn of the event loop there may be none. */
async function wholeTurn(): Promise<void> {
  await nextTurn();
  await nextTurn();
}
