import { jsonObject } from '../answers/json-object.js';
import { countProduced } from '../answers/produced-tokens.js';
import { isObject } from '../requests/json-body.js';
import { type Fields } from './messages-body.js';
import { newMessageId, toolIdOf } from './message-ids.js';
import { messageStopOf } from './message-stop.js';
import { messageUsageOf } from './messages-usage.js';

/** What the translation of an answer must know of the request. */
export interface MessageTerms {
  /** As the caller called it; empty: the backend's name is told. */
  readonly model: string;
  /** Lumen's estimate, told until the backend says. */
  readonly promptTokens: number;
  readonly isThinkingShown: boolean;
  readonly stopSequences: readonly string[];
}

/** A chat completion as a message; null where it is none. */
export function messageOf(json: string, terms: MessageTerms): object | null {
  const completion = jsonObject(json);
  const choices = completion?.['choices'];
  const choice: unknown = Array.isArray(choices) ? choices[0] : null;
  if (completion === null || !isObject(choice) || !isObject(choice['message'])) return null;
  const { message } = choice;
  const calls = toolUses(message['tool_calls']);
  const end = {
    choice,
    hasToolCalls: calls.length > 0,
    isRefused: isText(message['refusal']),
    stopSequences: terms.stopSequences,
  };
  const { reason, sequence } = messageStopOf(end);
  const produced = completion['usage'] ? 0 : countProduced(Buffer.from(json).toString('latin1'));
  const estimated = { promptTokens: terms.promptTokens, completionTokens: produced };
  return {
    id: newMessageId(),
    type: 'message',
    role: 'assistant',
    model: terms.model || (completion['model'] ?? ''),
    content: [...texts(message, terms), ...calls],
    stop_reason: reason,
    stop_sequence: sequence,
    usage: messageUsageOf(completion['usage'], estimated),
  };
}

function texts(message: Fields, { isThinkingShown }: MessageTerms): object[] {
  const thought = message['reasoning_content'] ?? message['reasoning'];
  const blocks: object[] = [];
  if (isThinkingShown && isText(thought)) {
    blocks.push({ type: 'thinking', thinking: thought, signature: '' });
  }
  for (const text of [message['content'], message['refusal']]) {
    if (isText(text)) blocks.push({ type: 'text', text });
  }
  return blocks;
}

function toolUses(calls: unknown): object[] {
  if (!Array.isArray(calls)) return [];
  return (calls as unknown[]).filter(isObject).map((call) => {
    const called = isObject(call['function']) ? call['function'] : {};
    return {
      type: 'tool_use',
      id: toolIdOf(call['id']),
      name: typeof called['name'] === 'string' ? called['name'] : '',
      input: inputOf(called['arguments']),
    };
  });
}

/** What a model wrote that is no object can still be looked at. */
function inputOf(written: unknown): object {
  if (isObject(written)) return written;
  if (!isText(written)) return {};
  return jsonObject(written) ?? { arguments: written };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
