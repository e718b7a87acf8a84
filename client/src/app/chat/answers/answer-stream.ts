import { EventSourceParserStream } from 'eventsource-parser/stream';

import { type Message } from '../../core/api/schema';
import { type AnswerPiece } from './answer';

/**
 * What an answer's stream tells: more of it; all of it anew, where words were lost with the server
 * that said them; last, how it ended.
 */
export type AnswerEvent =
  | { kind: 'piece'; piece: AnswerPiece }
  | { kind: 'text'; text: AnswerPiece }
  | { kind: 'end'; message: Message };

/** The server says something, if only a comment, at least this often. */
const SILENCE_MS = 45_000;

/**
 * Reads the events of an answer until its end, or until the connection breaks, which ends the
 * loop without an `end`. A connection that has fallen silent is taken for broken.
 */
export async function* readAnswer(body: ReadableStream<Uint8Array>): AsyncGenerator<AnswerEvent> {
  const silence = new Silence();
  const reader = body
    .pipeThrough(silence.watch())
    .pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)
    .pipeThrough(new EventSourceParserStream())
    .getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      const { event, data } = next.value;
      if (event === 'text') yield { kind: 'text', text: JSON.parse(data) as AnswerPiece };
      if (event === 'piece') yield { kind: 'piece', piece: JSON.parse(data) as AnswerPiece };
      if (event !== 'end') continue;
      yield { kind: 'end', message: JSON.parse(data) as Message };
      return;
    }
  } finally {
    silence.end();
    void reader.cancel().catch(() => undefined);
  }
}

/** Breaks a stream through which nothing has come for too long. */
class Silence {
  private timer: ReturnType<typeof setTimeout> | undefined;

  watch(): TransformStream<Uint8Array, Uint8Array> {
    return new TransformStream({
      start: (controller) => this.wait(controller),
      transform: (chunk, controller) => {
        this.wait(controller);
        controller.enqueue(chunk);
      },
    });
  }

  end(): void {
    clearTimeout(this.timer);
  }

  private wait(controller: TransformStreamDefaultController<Uint8Array>): void {
    this.end();
    const fell = new TypeError('The server fell silent.');
    this.timer = setTimeout(() => controller.error(fell), SILENCE_MS);
  }
}
