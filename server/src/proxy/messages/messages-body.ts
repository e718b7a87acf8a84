import {
  flagIn,
  invalid,
  isObject,
  type JsonBody,
  missing,
  modelIn,
  readJsonBody,
} from '../requests/json-body.js';
import { requestedOutput } from '../requests/output-limit.js';

/** The fields of an object in Anthropic's format, none of them looked at yet. */
export type Fields = Readonly<Record<string, unknown>>;

/** What Lumen decides by, whichever backend answers. */
export interface MessagesBody {
  readonly json: JsonBody;
  /** Empty: the caller leaves the choice to Lumen. */
  readonly model: string;
  readonly messages: readonly Fields[];
}

/**
 * Reads what the addresses of Anthropic's API have in common. What the messages say is looked at
 * where it is translated; a backend that speaks this API reads it for itself.
 * @throws AppError invalid_request, missing_field
 */
export function readMessagesBody(body: unknown, bytes: Buffer | null): MessagesBody {
  const json = readJsonBody(body, bytes, 'model, max_tokens and messages');
  const { messages } = json.values;
  if (messages === undefined || messages === null) throw missing('messages', 'a list of messages');
  if (!Array.isArray(messages) || messages.length === 0) {
    throw invalid('messages', '"messages" must be a list with at least one message.');
  }
  messages.forEach((message: unknown, index) => assertMessage(message, `messages.${index}`));
  return { json, model: modelIn(json.values), messages: messages as Fields[] };
}

/** The most tokens that the answer may have. @throws AppError missing_field, invalid_request */
export function maxTokensIn({ max_tokens }: Fields): number {
  const { limit } = requestedOutput({ max_tokens });
  if (limit === null) throw missing('max_tokens', 'the most tokens that the answer may have');
  return limit;
}

/** @throws AppError invalid_request */
export function isStreamIn(values: Fields): boolean {
  return flagIn(values, 'stream');
}

function assertMessage(message: unknown, at: string): void {
  if (!isObject(message)) throw invalid(at, `"${at}" must be an object with role and content.`);
  const { role, content } = message;
  if (role !== 'user' && role !== 'assistant' && role !== 'system') {
    throw invalid(`${at}.role`, `"${at}.role" must be "user" or "assistant".`);
  }
  if (typeof content === 'string') return;
  if (!Array.isArray(content)) {
    throw invalid(`${at}.content`, `"${at}.content" must be a string or a list of blocks.`);
  }
  content.forEach((block: unknown, index) => assertBlock(block, `${at}.content.${index}`));
}

/** @throws AppError invalid_request */
export function assertBlock(block: unknown, at: string): asserts block is Fields {
  if (isObject(block) && typeof block['type'] === 'string') return;
  throw invalid(at, `"${at}" must be a block: an object with a type.`);
}

/** @throws AppError invalid_request */
export function textIn(fields: Fields, key: string, at: string): string {
  const value = fields[key];
  if (typeof value === 'string') return value;
  throw invalid(`${at}.${key}`, `"${at}.${key}" must be a string.`);
}
