import { flagIn, invalid } from '../requests/json-body.js';
import { chatMessages } from './chat-messages.js';
import { chatTools } from './chat-tools.js';
import { neededTextIn, numberIn, objectIn, textIn } from './field-values.js';

type Values = Readonly<Record<string, unknown>>;

/** What a chat completion is asked with that does not stand in the caller's request. */
export interface ChatTarget {
  readonly model: string;
  readonly isStream: boolean;
  readonly limitField: string;
  /** Output tokens; null: no limit. */
  readonly limit: number | null;
}

/** What chat completions have no word for, and what must not be left out in silence. */
const UNTRANSLATABLE = ['prompt', 'moderation', 'context_management'];
const LOGPROBS = 'message.output_text.logprobs';

/**
 * The chat completion that asks for the same.
 * @throws AppError invalid_request for what a chat completion cannot ask for
 */
export function chatBody(values: Values, target: ChatTarget): object {
  for (const key of UNTRANSLATABLE) {
    if ((values[key] ?? null) !== null) throw untranslatable(key);
  }
  refuseLogprobs(values);
  const { isStream, limit } = target;
  return {
    model: target.model,
    messages: chatMessages(values),
    ...chatTools(values),
    ...(limit !== null && { [target.limitField]: limit }),
    ...present('temperature', numberIn(values, 'temperature')),
    ...present('top_p', numberIn(values, 'top_p')),
    ...present('reasoning_effort', effortIn(values)),
    ...textFields(values),
    ...present('user', textIn(values, 'user')),
    ...(isStream && { stream: true, stream_options: { include_usage: true } }),
  };
}

function present(key: string, value: unknown): object {
  return value === null ? {} : { [key]: value };
}

function effortIn(values: Values): string | null {
  const reasoning = objectIn(values, 'reasoning');
  return reasoning && textIn(reasoning, 'effort', 'reasoning.effort');
}

function textFields(values: Values): object {
  const text = objectIn(values, 'text');
  if (text === null) return {};
  const verbosity = present('verbosity', textIn(text, 'verbosity', 'text.verbosity'));
  const format = objectIn(text, 'format', 'text.format');
  return { ...verbosity, ...(format && formatFields(format)) };
}

function formatFields(format: Values): object {
  const type = neededTextIn(format, 'type', 'text.format.type');
  if (type === 'text') return {};
  if (type === 'json_object') return { response_format: { type } };
  if (type !== 'json_schema') {
    throw invalid('text.format.type', 'The type must be "text", "json_object" or "json_schema".');
  }
  const schema = objectIn(format, 'schema', 'text.format.schema');
  if (schema === null) throw invalid('text.format.schema', '"text.format.schema" is missing.');
  const description = textIn(format, 'description', 'text.format.description');
  const json_schema = {
    name: neededTextIn(format, 'name', 'text.format.name'),
    ...present('description', description),
    schema,
    ...(format['strict'] === undefined || format['strict'] === null
      ? {}
      : { strict: flagIn(format, 'strict') }),
  };
  return { response_format: { type, json_schema } };
}

function refuseLogprobs(values: Values): void {
  const { include } = values;
  const isWanted = Array.isArray(include) && include.includes(LOGPROBS);
  if (isWanted) throw untranslatable('include', `"${LOGPROBS}"`);
  if (numberIn(values, 'top_logprobs')) throw untranslatable('top_logprobs');
}

function untranslatable(key: string, what = `"${key}"`) {
  return invalid(
    key,
    `${what} is not available: the backend of this model has no Responses API of its own. Leave it out, or choose another model.`,
  );
}
