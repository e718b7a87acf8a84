import { type MessageUsage } from './messages-usage.js';

export type StopReason = 'end_turn' | 'max_tokens' | 'stop_sequence' | 'tool_use' | 'refusal';

/** Why an answer ended; `sequence` is the text it stopped at. */
export interface MessageStop {
  readonly reason: StopReason;
  readonly sequence: string | null;
}

/** An event, or a block of content. */
export interface Typed {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** One event of Anthropic's streams. Its name stands in its data too. */
export function eventText(event: Typed): string {
  return `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}

export const PING_EVENT = eventText({ type: 'ping' });
export const STOP_EVENT = eventText({ type: 'message_stop' });

export function blockStop(index: number): string {
  return eventText({ type: 'content_block_stop', index });
}

export function messageDelta(
  { reason, sequence }: MessageStop,
  usage: MessageUsage | null,
): string {
  const delta = { stop_reason: reason, stop_sequence: sequence };
  return eventText({ type: 'message_delta', delta, usage: usage ?? { output_tokens: 0 } });
}
