import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { AnswerParser } from './answer-parser.ts';

export interface Answer {
  status: number;
  body: Buffer;
  /** Milliseconds from the request to the first bytes of the body. */
  firstByteMs: number;
  /** Milliseconds from the request to the end of the answer. */
  totalMs: number;
}

/** One keep-alive connection that asks one thing at a time, with as little work of its own as can be. */
export class Connection {
  private readonly socket: Socket;
  private readonly parser = new AnswerParser();
  private askedAtMs = 0;
  private firstByteAtMs = 0;
  private waiting: PromiseWithResolvers<Answer> | null = null;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (bytes: Buffer) => this.receive(bytes));
    socket.on('error', (error) => this.fail(error));
    socket.on('close', () => this.fail(new Error('The connection was closed before the answer.')));
  }

  static async open(origin: string): Promise<Connection> {
    const { hostname, port } = new URL(origin);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    return new Connection(socket);
  }

  /** Sends a whole HTTP/1.1 request; rejects if the connection breaks or the answer makes no sense. */
  ask(request: Buffer): Promise<Answer> {
    this.waiting = Promise.withResolvers();
    this.firstByteAtMs = 0;
    this.askedAtMs = performance.now();
    this.socket.write(request);
    return this.waiting.promise;
  }

  close(): void {
    this.socket.destroy();
  }

  private receive(bytes: Buffer): void {
    try {
      const body = this.parser.read(bytes);
      if (this.firstByteAtMs === 0 && this.parser.hasBody) this.firstByteAtMs = performance.now();
      if (body) this.finish(body);
    } catch (error) {
      this.fail(error instanceof Error ? error : new Error(String(error)));
      this.socket.destroy();
    }
  }

  private finish(body: Buffer): void {
    const totalMs = performance.now() - this.askedAtMs;
    const firstByteMs = this.firstByteAtMs - this.askedAtMs;
    this.waiting?.resolve({ status: this.parser.status, body, firstByteMs, totalMs });
    this.waiting = null;
  }

  private fail(error: Error): void {
    this.waiting?.reject(error);
    this.waiting = null;
  }
}
