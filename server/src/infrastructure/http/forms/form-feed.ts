import { once } from 'node:events';
import { Writable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type BusboyInstance } from '@fastify/busboy';

/** Half of what a stream of Node keeps before it asks for a pause. */
const LONGEST_PIECE = 32 * 1024;

/**
 * Gives a form to its parser in small pieces, and a turn of the event loop after each: a part that
 * nobody wants must have flowed off before more of it comes, because one that is full when its end
 * comes never lets the parser go on.
 */
export class FormFeed extends Writable {
  constructor(private readonly parser: BusboyInstance) {
    super({ highWaterMark: LONGEST_PIECE });
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    this.feed(chunk).then(() => done(), done);
  }

  override _final(done: () => void): void {
    this.parser.end();
    done();
  }

  private async feed(chunk: Buffer): Promise<void> {
    for (let at = 0; at < chunk.length && !this.destroyed; at += LONGEST_PIECE) {
      if (!this.parser.write(chunk.subarray(at, at + LONGEST_PIECE))) {
        await once(this.parser, 'drain');
      }
      await nextTurn();
    }
  }
}
