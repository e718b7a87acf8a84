/** What an OpenAI-compatible backend writes, as text: tests compare bytes, not objects. */

export interface Usage {
  prompt_tokens: number;
  completion_tokens: number;
  total_tokens: number;
}

export const USAGE: Usage = { prompt_tokens: 5, completion_tokens: 7, total_tokens: 12 };
export const ZERO_USAGE: Usage = { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 };
export const DONE = 'data: [DONE]\n\n';

const HEAD = { id: 'chatcmpl-1', created: 1, model: 'upstream-name' };
const CHUNK = { ...HEAD, object: 'chat.completion.chunk' };

/** A chat completion that is not streamed; `usage: null` leaves the usage out. */
export function completionText(content: string, usage: Usage | null = USAGE): string {
  return JSON.stringify({
    ...HEAD,
    object: 'chat.completion',
    choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
    ...(usage && { usage }),
  });
}

/** Any object as a server-sent event. */
export function eventText(data: unknown): string {
  return `data: ${JSON.stringify(data)}\n\n`;
}

/** One chunk of a streamed chat completion. */
export function chunkText(content: string): string {
  const choices = [{ index: 0, delta: { content }, finish_reason: null }];
  return eventText({ ...CHUNK, choices });
}

/** The chunk that says why a streamed completion ended. */
export function finishText(reason: string): string {
  return eventText({ ...CHUNK, choices: [{ index: 0, delta: {}, finish_reason: reason }] });
}

/** The chunk with the usage, which comes last. */
export function usageText(usage: Usage): string {
  return eventText({ ...CHUNK, choices: [], usage });
}

export const USAGE_CHUNK = usageText(USAGE);

export function errorText(message: string, code: string | null = null): string {
  return JSON.stringify({ error: { message, type: 'server_error', param: null, code } });
}

export function modelsText(ids: readonly string[]): string {
  const data = ids.map((id) => ({ id, object: 'model', created: 1, owned_by: 'upstream' }));
  return JSON.stringify({ object: 'list', data });
}

export function embeddingsText(): string {
  const data = [{ object: 'embedding', index: 0, embedding: [0.6, 0.8] }];
  const usage = { prompt_tokens: 5, total_tokens: 5 };
  return JSON.stringify({ object: 'list', data, model: 'upstream-name', usage });
}
