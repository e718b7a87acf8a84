import { type AnswerDialect } from './answer-dialect.js';
import { CHAT_DIALECT } from './chat-dialect.js';
import { isObject } from '../requests/json-body.js';

const BYTES = 'application/octet-stream';

/** Embeddings, rankings and scores: nothing is written that is charged by tokens. */
export const VECTOR_DIALECT: AnswerDialect = {
  ...CHAT_DIALECT,
  count: () => 0,
  // Some servers answer with a bare list, or with the numbers as they are in memory.
  isText: (text, contentType) => contentType === BYTES || isList(text),
  usageIn: ({ usage, meta }) => {
    const prompt = promptTokensIn(usage) ?? promptTokensOfMeta(meta);
    return prompt === undefined ? null : { prompt_tokens: prompt, completion_tokens: 0 };
  },
};

function isList(text: string): boolean {
  if (!text.trimStart().startsWith('[')) return false;
  try {
    return Array.isArray(JSON.parse(text));
  } catch {
    return false;
  }
}

/** OpenAI's `prompt_tokens`; Jina reports the total alone. */
function promptTokensIn(usage: unknown): unknown {
  if (!isObject(usage)) return undefined;
  return usage['prompt_tokens'] ?? usage['total_tokens'] ?? usage['input_tokens'] ?? undefined;
}

/** Cohere's report of a ranking. Its search units are no tokens. */
function promptTokensOfMeta(meta: unknown): unknown {
  if (!isObject(meta)) return undefined;
  const { tokens, billed_units: billed } = meta;
  return promptTokensIn(tokens) ?? promptTokensIn(billed);
}
