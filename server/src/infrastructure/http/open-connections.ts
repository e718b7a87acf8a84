import { type Server } from 'node:http';
import { type Socket } from 'node:net';

/** What an answer that is cut at the end of the grace time may take to reach its caller. */
const FLUSH_MS = 1000;

/**
 * The connections of a server, so that none can hold up its end: Node waits for those that never
 * asked anything (browsers open them in advance) and for callers who do not read, for minutes.
 */
export class OpenConnections {
  private readonly sockets = new Set<Socket>();

  constructor(private readonly server: Server) {
    server.on('connection', (socket: Socket) => {
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
    });
  }

  /**
   * Takes no new connections, closes those that wait for nothing now, and what is left when the
   * grace time is over. Answers what calls off the latter.
   */
  end(graceMs: number): () => void {
    this.server.close();
    for (const socket of this.sockets) if (socket.bytesRead === 0) socket.destroy();
    const cut = setTimeout(() => this.server.closeAllConnections(), graceMs + FLUSH_MS);
    return () => clearTimeout(cut);
  }
}
