import { type ToolCall } from './tool-calls.ts';
import { charactersOf, countCharacters, firstCharacters, tokensOf } from './tokens.ts';

export type FinishReason = 'stop' | 'length' | 'tool_calls';

/** One answer, before it is put into the shape of an endpoint. */
export interface Output {
  reasoning: string;
  content: string;
  toolCalls: ToolCall[];
  finishReason: FinishReason;
}

export interface OutputLimits {
  stop: string[];
  maxTokens: number | undefined;
}

export function outputCharacters({ reasoning, content, toolCalls }: Output): number {
  return toolCalls.reduce(
    (sum, call) => sum + countCharacters(call.function.name + call.function.arguments),
    countCharacters(reasoning) + countCharacters(content),
  );
}

/** The usage of `outputs` in OpenAI's shape; tokens are counted over all characters at once. */
export function usageOf(promptTokens: number, outputs: Output[]) {
  const completionTokens = outputs.reduce(
    (sum, output) => sum + tokensOf(outputCharacters(output)),
    0,
  );
  const reasoningTokens = outputs.reduce(
    (sum, { reasoning }) => sum + tokensOf(countCharacters(reasoning)),
    0,
  );
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
    ...(reasoningTokens > 0 && {
      completion_tokens_details: { reasoning_tokens: reasoningTokens },
    }),
  };
}

/** Ends an output at the first stop string of its content, then at its limit of tokens. */
export function limited(output: Output, { stop, maxTokens }: OutputLimits): Output {
  const stopped = { ...output, content: beforeAny(output.content, stop) };
  if (maxTokens === undefined || tokensOf(outputCharacters(stopped)) <= maxTokens) return stopped;
  return cut(stopped, charactersOf(maxTokens));
}

function beforeAny(text: string, stop: string[]): string {
  const found = stop.map((entry) => text.indexOf(entry)).filter((at) => at >= 0);
  return found.length > 0 ? text.slice(0, Math.min(...found)) : text;
}

/** Keeps `characters`, spent in the order in which they are sent; a cut call is cut as a model's is. */
function cut(output: Output, characters: number): Output {
  let left = characters;
  const take = (text: string): string => {
    const taken = firstCharacters(text, left);
    left -= countCharacters(taken);
    return taken;
  };
  const reasoning = take(output.reasoning);
  const content = take(output.content);
  const toolCalls = output.toolCalls.flatMap((call) => {
    const name = take(call.function.name);
    if (name !== call.function.name) return [];
    return [{ ...call, function: { name, arguments: take(call.function.arguments) } }];
  });
  return { reasoning, content, toolCalls, finishReason: 'length' };
}
