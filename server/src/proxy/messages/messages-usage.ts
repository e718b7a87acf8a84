import { type TokenUsage } from '../../usage/index.js';
import { isObject } from '../requests/json-body.js';
import { type Fields } from './messages-body.js';

/** What Anthropic's format calls the tokens of a request. */
export interface MessageUsage {
  /** Without those that were read from a cache, or written to one. */
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly cache_read_input_tokens: number;
  readonly cache_creation_input_tokens: number;
}

/** Lumen's estimates, for what a backend does not report. */
export interface EstimatedUsage {
  readonly promptTokens: number;
  readonly completionTokens: number;
}

/** Anthropic's `usage` in the words of chat completions; counts that are missing stay so. */
export function chatUsageOf(usage: Fields): object {
  const { input_tokens: input, output_tokens, output_tokens_details: details } = usage;
  const cached = countOf(usage['cache_read_input_tokens']) ?? 0;
  const written = countOf(usage['cache_creation_input_tokens']) ?? 0;
  const thinking = isObject(details) ? details['thinking_tokens'] : undefined;
  return {
    // What is no number stays what it is, and is not believed.
    prompt_tokens: typeof input === 'number' ? input + cached + written : input,
    completion_tokens: output_tokens,
    prompt_tokens_details: { cached_tokens: cached },
    completion_tokens_details: { reasoning_tokens: thinking },
  };
}

/** The `usage` of a chat completion in Anthropic's words; estimates stand where it has none. */
export function messageUsageOf(usage: unknown, estimated: EstimatedUsage): MessageUsage {
  const fields = isObject(usage) ? usage : {};
  const prompt = countOf(fields['prompt_tokens']) ?? estimated.promptTokens;
  const details = fields['prompt_tokens_details'];
  const cached = isObject(details) ? (countOf(details['cached_tokens']) ?? 0) : 0;
  return {
    input_tokens: Math.max(0, prompt - cached),
    output_tokens: countOf(fields['completion_tokens']) ?? estimated.completionTokens,
    cache_read_input_tokens: Math.min(cached, prompt),
    cache_creation_input_tokens: 0,
  };
}

/** What was charged, in Anthropic's words. */
export function messageUsageOfCharge(usage: TokenUsage): MessageUsage {
  const { promptTokens, completionTokens, cachedTokens } = usage;
  const cached = cachedTokens ?? 0;
  return {
    input_tokens: (promptTokens ?? 0) - cached,
    output_tokens: completionTokens ?? 0,
    cache_read_input_tokens: cached,
    cache_creation_input_tokens: 0,
  };
}

function countOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}
