import { type Behaviour, status, stream } from './scripted-upstream.js';

type Event = { type: string } & Record<string, unknown>;

/** The text of one event of Anthropic's API. */
export function eventText(event: Event): string {
  return `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}

/** What an answer of three tokens of prompt, twenty of them cached, says of itself at its start. */
export const MESSAGE_START = eventText({
  type: 'message_start',
  message: {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model: 'upstream-name',
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage: { input_tokens: 3, cache_read_input_tokens: 20, output_tokens: 1 },
  },
});

export function wordText(text: string): string {
  return eventText({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } });
}

export const BLOCK_START = eventText({
  type: 'content_block_start',
  index: 0,
  content_block: { type: 'text', text: '' },
});

/** The end of an answer that had so many tokens. */
export function messageEnd(outputTokens: number): string {
  return (
    eventText({ type: 'content_block_stop', index: 0 }) +
    eventText({
      type: 'message_delta',
      delta: { stop_reason: 'end_turn', stop_sequence: null },
      usage: { output_tokens: outputTokens },
    }) +
    eventText({ type: 'message_stop' })
  );
}

/** A stream with these words. */
export function messageStream(...words: string[]): Behaviour {
  const texts = words.map((word) => wordText(word));
  return stream(MESSAGE_START, BLOCK_START, ...texts, messageEnd(words.length));
}

export const MESSAGE = JSON.stringify({
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: 'upstream-name',
  content: [{ type: 'text', text: 'Hellö' }],
  stop_reason: 'end_turn',
  stop_sequence: null,
  usage: { input_tokens: 3, cache_read_input_tokens: 20, output_tokens: 7 },
});

export function message(): Behaviour {
  return status(200, MESSAGE);
}
