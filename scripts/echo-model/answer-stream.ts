import { type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { type JsonObject } from './fields.ts';

/** Chunks of several choices that are sent side by side, and the usage after them. */
export interface StreamedAnswer {
  /** For each choice its pieces in order. */
  choices: JsonObject[][];
  chunkOf: (piece: JsonObject) => JsonObject;
  usageChunk: JsonObject;
}

export type Answer = { whole: JsonObject } | StreamedAnswer;

/**
 * Sends an answer as server-sent events: piece by piece, `delayMs` apart, the usage last, then
 * `[DONE]`. Ends at once, and quietly, when the caller leaves; waits for a slow one.
 */
export async function sendStream(
  response: ServerResponse,
  answer: StreamedAnswer,
  delayMs: number,
): Promise<void> {
  const left = new AbortController();
  response.once('close', () => left.abort());
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache',
  });
  try {
    await sendPieces(response, answer, { delayMs, signal: left.signal });
  } catch (error) {
    if (!left.signal.aborted) throw error;
    return;
  }
  response.end(`${event(answer.usageChunk)}data: [DONE]\n\n`);
}

async function sendPieces(
  response: ServerResponse,
  { choices, chunkOf }: StreamedAnswer,
  { delayMs, signal }: { delayMs: number; signal: AbortSignal },
): Promise<void> {
  const rounds = Math.max(...choices.map((pieces) => pieces.length));
  for (let round = 0; round < rounds; round += 1) {
    // The opening of a chat says only who speaks: the first word follows it at once.
    if (round > 1 && delayMs > 0) await sleep(delayMs, undefined, { signal });
    const pieces = choices.flatMap((choice) => choice.slice(round, round + 1));
    const isTaken = response.write(pieces.map((piece) => event(chunkOf(piece))).join(''));
    if (!isTaken) await once(response, 'drain', { signal });
    signal.throwIfAborted();
  }
}

function event(data: JsonObject): string {
  return `data: ${JSON.stringify(data)}\n\n`;
}
