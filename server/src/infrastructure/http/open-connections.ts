import { type Server, type ServerResponse } from 'node:http';
import { type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { LinkedList } from '../collections/linked-list.js';
import { closePort, wholeTurn } from './close-port.js';

/** What an answer that is cut at the end of the grace time may take to reach its caller. */
const FLUSH_MS = 1000;
/** Nobody has come or asked for so long: what sent requests here goes elsewhere now. */
const QUIET_MS = 100;
/** Who connects to ask asks at once; a busy machine may hold that up for a moment. */
const FIRST_REQUEST_MS = 1000;
const LOOK_EVERY_MS = 10;

interface LastTimes {
  /** A balancer takes so long to notice, and has closed connections that are idle for so long. */
  readonly drainMs: number;
  readonly graceMs: number;
  /** Resolves when no long answer is under way any more, at the latest after so many milliseconds. */
  readonly answersEnd?: (leftMs: number) => Promise<unknown>;
}

/**
 * The connections of a server, and how it parts from them: those in front of it must neither lose a
 * request nor have one refused, and none can hold up its end (Node waits for connections that never
 * asked anything, which browsers open in advance, and for callers who do not read, for minutes).
 */
export class OpenConnections {
  /** When each of them last came, asked, or had its answer. */
  private readonly sockets = new Map<Socket, number>();
  private readonly answers = new LinkedList<ServerResponse>();
  private isLeaving = false;
  private usedMs = -Infinity;

  constructor(
    private readonly server: Server,
    /** Resolves when nobody new comes any more. */
    private readonly close: () => Promise<void> = () => closePort(server),
  ) {
    server.on('connection', (socket: Socket) => {
      this.noteUse(socket);
      socket.once('close', () => this.sockets.delete(socket));
    });
    server.prependListener('request', ({ socket }, answer: ServerResponse) => {
      this.noteUse(socket);
      const place = this.answers.add(answer);
      answer.once('close', () => {
        this.answers.remove(place);
        if (this.sockets.has(socket)) this.sockets.set(socket, performance.now());
      });
      if (this.isLeaving) answer.shouldKeepAlive = false;
    });
  }

  /**
   * For `drainMs` everything is taken as ever, but each connection is closed after its answer; then
   * no new connections are, and what is under way ends, for which `answersEnd` waits. What is left is
   * cut when the grace time is over; answers what calls that off.
   */
  async end({ drainMs, graceMs, answersEnd }: LastTimes): Promise<() => void> {
    this.isLeaving = true;
    for (const answer of this.answers.values)
      if (!answer.headersSent) answer.shouldKeepAlive = false;
    if (drainMs > 0) await delay(drainMs);
    await this.close();
    const cut = setTimeout(() => this.server.closeAllConnections(), graceMs + FLUSH_MS);
    const deadlineMs = performance.now() + graceMs;
    await this.quiet(drainMs, deadlineMs);
    await answersEnd?.(Math.max(0, deadlineMs - performance.now()));
    await this.quiet(drainMs, deadlineMs);
    while (this.isSending() && performance.now() < deadlineMs) await delay(LOOK_EVERY_MS);
    // A request that arrived while this process was busy would be reset unread.
    await wholeTurn();
    for (const socket of this.sockets.keys()) if (socket.bytesRead === 0) socket.destroy();
    this.server.close();
    return () => clearTimeout(cut);
  }

  /** An answer that is complete, but not with its caller, counts as idle for Node, which would cut it. */
  private isSending(): boolean {
    return this.answers.values.some(({ writableEnded }) => writableEnded);
  }

  private noteUse(socket: Socket): void {
    this.usedMs = performance.now();
    this.sockets.set(socket, this.usedMs);
  }

  /**
   * Until nobody has come or asked for a moment, for those may have a request on its way, and what is
   * idle is so for longer than a balancer keeps it: that closes it first, and never sends into a
   * connection that we close.
   */
  private async quiet(idleMs: number, deadlineMs: number): Promise<void> {
    while (!this.isQuiet(idleMs) && performance.now() < deadlineMs) await delay(LOOK_EVERY_MS);
  }

  private isQuiet(idleMs: number): boolean {
    const nowMs = performance.now();
    if (this.sockets.size > 0 && nowMs - this.usedMs <= QUIET_MS) return false;
    const busy = new Set(this.answers.values.map(({ socket }) => socket));
    return [...this.sockets].every(([socket, usedMs]) => {
      const longestMs = socket.bytesRead === 0 ? FIRST_REQUEST_MS : idleMs;
      return busy.has(socket) || nowMs - usedMs > longestMs;
    });
  }
}
