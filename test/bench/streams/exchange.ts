/** The streams that stay open: what one frame is, and what callers and backend tell their parent. */
import { MODEL } from '../exchange.ts';

const HEAD = { id: 'chatcmpl-open', created: 1_750_000_000, model: MODEL };
const MESSAGES = [{ role: 'user', content: 'Count as long as you can.' }];

export const REQUEST = JSON.stringify({ model: MODEL, messages: MESSAGES, stream: true });

/** One frame; the last one says that it is. */
export function frame(sequence: number, isLast: boolean): string {
  const finish_reason = isLast ? 'stop' : null;
  const choices = [{ index: 0, delta: { content: ` word ${sequence}` }, finish_reason }];
  const chunk = { ...HEAD, object: 'chat.completion.chunk', sequence, choices };
  return `data: ${JSON.stringify(chunk)}\n\n`;
}

export const DONE = 'data: [DONE]\n\n';

/** What the callers are told. */
export type CallersJob =
  | { kind: 'open'; origin: string; key: string; streams: number }
  /** To be asked when the backend was told to finish: waits for the end of all streams. */
  | { kind: 'await-end' };

/** What came of the streams. */
export interface StreamsResult {
  streams: number;
  frames: number;
  lost: number;
  reordered: number;
  /** Streams that did not end with their last frame and `[DONE]`. */
  cut: number;
}
