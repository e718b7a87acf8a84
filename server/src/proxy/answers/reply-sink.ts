import { type ServerResponse } from 'node:http';
import { type FastifyReply } from 'fastify';
import { type ResponseSink } from './response-sink.js';

/** Writes an answer straight to the caller's socket, past the framework's serialisation. */
export class ReplySink implements ResponseSink {
  private readonly raw: ServerResponse;

  constructor(private readonly reply: FastifyReply) {
    this.raw = reply.raw;
  }

  start(status: number, headers: Readonly<Record<string, string>>): void {
    // A copy that is ours.
    const all = this.reply.getHeaders() as Record<string, string>;
    this.reply.hijack();
    this.raw.writeHead(status, Object.assign(all, headers));
  }

  write(chunk: Buffer): boolean {
    return this.raw.write(chunk);
  }

  end(): void {
    this.raw.end();
  }

  cut(): void {
    this.raw.destroy();
  }

  onDrain(listener: () => void): void {
    this.raw.on('drain', listener);
  }

  onGone(listener: () => void): void {
    if (this.raw.destroyed) {
      listener();
      return;
    }
    this.raw.once('close', () => {
      if (!this.raw.writableEnded) listener();
    });
  }
}
