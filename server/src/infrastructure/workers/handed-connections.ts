import { type Server } from 'node:http';
import { Socket } from 'node:net';
import { type FromWorker, isOurs, type ToWorker } from './worker-messages.js';

/** How Node counts the connections of a server; one that ends counts itself out. */
interface Counting {
  _connections: number;
}
interface Counted {
  _server: Server;
}

/**
 * What a worker serves instead of a port of its own: the connections that the first process hands to
 * it. `opened` is called with the port's address when it takes part.
 */
export class HandedConnections {
  private readonly closed = Promise.withResolvers<void>();

  constructor(
    private readonly server: Server,
    private readonly opened: (address: string) => void,
  ) {
    process.on('message', this.hear);
    process.once('disconnect', () => this.closed.resolve());
    // From then on Node watches how long requests take to arrive.
    server.emit('listening');
    say({ lumen: 'ready' });
  }

  /** Resolves when the first process hands over no more. */
  async close(): Promise<void> {
    if (!process.connected) return;
    say({ lumen: 'drained' });
    await this.closed.promise;
    process.off('message', this.hear);
  }

  private readonly hear = (message: unknown, connection: unknown): void => {
    if (!isOurs<ToWorker>(message)) return;
    if (message.lumen === 'open') this.opened(message.address);
    if (message.lumen === 'closed') this.closed.resolve();
    // A caller may be gone by now; then there is none.
    if (message.lumen === 'connection' && connection instanceof Socket) this.take(connection);
  };

  /** As those of a server's own port, for whose end it waits, and of which it knows what half closed means. */
  private take(connection: Socket): void {
    connection.allowHalfOpen = true;
    (connection as unknown as Counted)._server = this.server;
    (this.server as unknown as Counting)._connections += 1;
    this.server.emit('connection', connection);
  }
}

/** A first process that is gone hears nothing, and this one is told to stop. */
export function say(message: FromWorker): void {
  if (process.connected) process.send?.(message, () => undefined);
}
