import { type ServerResponse } from 'node:http';
import { type FastifyReply } from 'fastify';

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
  // An idle connection that a stream leaves behind would hold up the end of the process.
  connection: 'close',
} as const;
/** A comment, which readers pass over. */
const PING = ': ping\n\n';

export interface ServerEvent {
  readonly event: string;
  readonly id?: string;
  /** Anything that JSON can say. */
  readonly data: unknown;
}

/** One open stream of server-sent events to one page. */
export class EventStream {
  /** False: its reader is slow, and what is written now waits in memory. */
  hasRoom = true;
  isClosed = false;
  private readonly raw: ServerResponse;
  private readonly closeListeners: (() => void)[] = [];

  constructor(reply: FastifyReply) {
    const headers = { ...(reply.getHeaders() as Record<string, string>), ...HEADERS };
    reply.hijack();
    this.raw = reply.raw;
    this.raw.on('drain', () => (this.hasRoom = true));
    this.raw.once('close', () => this.closed());
    if (this.raw.destroyed) this.closed();
    else this.raw.writeHead(200, headers).flushHeaders();
  }

  send({ event, id, data }: ServerEvent): void {
    const head = id === undefined ? '' : `id: ${id}\n`;
    this.write(`${head}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  /** Shows whoever is between that the stream lives. */
  ping(): void {
    if (this.hasRoom) this.write(PING);
  }

  end(): void {
    if (!this.isClosed) this.raw.end();
  }

  /** For one who does not read: does not wait until all has gone out. */
  cut(): void {
    this.raw.destroy();
  }

  /** There is room again. */
  onDrain(listener: () => void): void {
    this.raw.on('drain', listener);
  }

  /** At once if it is closed. */
  onClose(listener: () => void): void {
    if (this.isClosed) listener();
    else this.closeListeners.push(listener);
  }

  private write(text: string): void {
    if (!this.isClosed && !this.raw.writableEnded) this.hasRoom = this.raw.write(text);
  }

  private closed(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    for (const listener of this.closeListeners.splice(0)) listener();
  }
}
