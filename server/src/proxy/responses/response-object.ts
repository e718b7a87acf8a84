import { isObject } from '../requests/json-body.js';

type Values = Readonly<Record<string, unknown>>;

/** The part of a response that says again what was asked for, defaults filled in. */
export function echoOf(values: Values): Values {
  const { reasoning, text, metadata } = values;
  const asked = isObject(reasoning) ? reasoning : {};
  return {
    background: false,
    error: null,
    instructions: values['instructions'] ?? null,
    max_output_tokens: values['max_output_tokens'] ?? null,
    max_tool_calls: values['max_tool_calls'] ?? null,
    metadata: isObject(metadata) ? metadata : {},
    parallel_tool_calls: values['parallel_tool_calls'] ?? true,
    previous_response_id: null,
    prompt_cache_key: values['prompt_cache_key'] ?? null,
    reasoning: { effort: asked['effort'] ?? null, summary: null },
    safety_identifier: values['safety_identifier'] ?? null,
    service_tier: 'default',
    store: false,
    temperature: values['temperature'] ?? 1,
    text: { format: { type: 'text' }, ...(isObject(text) && text) },
    tool_choice: values['tool_choice'] ?? 'auto',
    tools: values['tools'] ?? [],
    top_logprobs: 0,
    top_p: values['top_p'] ?? 1,
    truncation: 'disabled',
    user: values['user'] ?? null,
  };
}

/** Usage in the words of chat completions, in those of responses; null where there is none. */
export function responseUsage(usage: unknown): object | null {
  if (!isObject(usage)) return null;
  const input = countIn(usage, 'prompt_tokens');
  const output = countIn(usage, 'completion_tokens');
  return {
    input_tokens: input,
    input_tokens_details: {
      cached_tokens: countIn(usage['prompt_tokens_details'], 'cached_tokens'),
      cache_write_tokens: 0,
    },
    output_tokens: output,
    output_tokens_details: {
      reasoning_tokens: countIn(usage['completion_tokens_details'], 'reasoning_tokens'),
    },
    total_tokens: input + output,
  };
}

/** The other way round, as Lumen reads it; null where there is none. */
export function chatUsage(usage: unknown): object | null {
  if (!isObject(usage)) return null;
  return {
    prompt_tokens: usage['input_tokens'],
    prompt_tokens_details: usage['input_tokens_details'],
    completion_tokens: usage['output_tokens'],
    completion_tokens_details: usage['output_tokens_details'],
  };
}

function countIn(values: unknown, key: string): number {
  const value = isObject(values) ? values[key] : null;
  return typeof value === 'number' ? value : 0;
}
