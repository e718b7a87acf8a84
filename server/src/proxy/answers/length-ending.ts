import { type TokenUsage } from '../../usage/index.js';
import { dataOf, endOfEvent } from './stream-frames.js';

/**
 * The end of a stream that nothing more could be held for: `finish_reason: "length"` for each choice,
 * the usage where the caller asked for it, and `[DONE]`. The chunks look like `event`, an event of
 * the same stream.
 */
export function lengthEnding(event: Buffer, choices: number, usage: TokenUsage | null): Buffer {
  return endingOf(event, choices, usage, CHAT);
}

/** The same for text completions. */
export function textLengthEnding(event: Buffer, choices: number, usage: TokenUsage | null): Buffer {
  return endingOf(event, choices, usage, TEXT);
}

/** What chunks of an API say at their end, and what they are called. */
interface ChunkLooks {
  readonly object: string;
  readonly nothing: object;
}

const CHAT: ChunkLooks = { object: 'chat.completion.chunk', nothing: { delta: {} } };
const TEXT: ChunkLooks = { object: 'text_completion', nothing: { text: '', logprobs: null } };

function endingOf(
  event: Buffer,
  choices: number,
  usage: TokenUsage | null,
  looks: ChunkLooks,
): Buffer {
  const head = headOf(event, looks);
  const ends = Array.from({ length: choices }, (_, index) =>
    textOf({ ...head, choices: [{ index, ...looks.nothing, finish_reason: 'length' }] }),
  );
  const total = usage ? textOf({ ...head, choices: [], usage: usageFields(usage) }) : '';
  return Buffer.from(`${ends.join('')}${total}data: [DONE]\n\n`);
}

function headOf(event: Buffer, looks: ChunkLooks): Record<string, unknown> {
  const { id, object, created, model } = objectIn(event);
  return { id, object: object ?? looks.object, created, model };
}

function objectIn(event: Buffer): Record<string, unknown> {
  try {
    const data = dataOf(event.toString('utf8', 0, endOfEvent(event, 0)));
    return (JSON.parse(data) ?? {}) as Record<string, unknown>;
  } catch {
    return {};
  }
}

function usageFields({ promptTokens, completionTokens }: TokenUsage): Record<string, number> {
  const prompt = promptTokens ?? 0;
  const completion = completionTokens ?? 0;
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
  };
}

const textOf = (chunk: object) => `data: ${JSON.stringify(chunk)}\n\n`;
