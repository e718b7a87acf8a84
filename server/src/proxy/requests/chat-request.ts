import { AppError } from '../../infrastructure/errors/app-error.js';
import { type FieldSpan, topLevelFields } from './json-fields.js';
import { type RequestedOutput, requestedOutput } from './output-limit.js';
import { type PromptSize, promptSize } from './token-estimate.js';

/** A request for a completion: what Lumen reads of it, and the bytes it came in. */
export interface CompletionRequest {
  /** Empty: the caller leaves the choice to Lumen. */
  readonly model: string;
  readonly isStream: boolean;
  /** A streaming caller asked for the usage, so that its chunk is passed on. */
  readonly wantsUsage: boolean;
  readonly output: RequestedOutput;
  readonly prompt: PromptSize;
  readonly bytes: Buffer;
  readonly fields: readonly FieldSpan[];
}

const LONGEST_MODEL_NAME = 256;

/**
 * Reads a chat-completion request. Fields Lumen does not know are the backend's business; those it
 * decides by must be there once, so that Lumen and the backend cannot read different values. A model
 * that is not named is the catalogue's business.
 * @throws AppError invalid_request, missing_field
 */
export function readChatRequest(body: unknown, bytes: Buffer | null): CompletionRequest {
  if (!isObject(body) || bytes === null) {
    throw new AppError(
      'invalid_request',
      'The body must be a JSON object with model and messages.',
    );
  }
  const { messages, stream } = body;
  const model = body['model'] ?? '';
  if (typeof model !== 'string' || model.length > LONGEST_MODEL_NAME) {
    throw invalid('model', `"model" must be a string of at most ${LONGEST_MODEL_NAME} characters.`);
  }
  if (messages === undefined || messages === null) throw missing('messages', 'a list of messages');
  if (!Array.isArray(messages) || messages.length === 0) {
    throw invalid('messages', '"messages" must be a list with at least one message.');
  }
  if (stream !== undefined && stream !== null && typeof stream !== 'boolean') {
    throw invalid('stream', '"stream" must be true or false.');
  }
  const isStream = stream === true;
  const fields = topLevelFields(bytes);
  refuseDuplicates(fields);
  return {
    model,
    isStream,
    wantsUsage: isStream && asksForUsage(body['stream_options']),
    output: requestedOutput(body),
    prompt: promptSize(messages, bytes.length),
    bytes,
    fields,
  };
}

function asksForUsage(streamOptions: unknown): boolean {
  if (streamOptions === undefined || streamOptions === null) return false;
  if (typeof streamOptions !== 'object' || Array.isArray(streamOptions)) {
    throw invalid('stream_options', '"stream_options" must be an object.');
  }
  return (streamOptions as Record<string, unknown>)['include_usage'] === true;
}

function refuseDuplicates(fields: readonly FieldSpan[]): void {
  const seen = new Set<string>();
  for (const { key } of fields) {
    if (seen.has(key)) throw invalid(key.slice(0, 100), `"${key.slice(0, 100)}" is there twice.`);
    seen.add(key);
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function missing(param: string, what: string): AppError {
  return new AppError('missing_field', `"${param}" is missing: send ${what}.`, { param });
}

function invalid(param: string, message: string): AppError {
  return new AppError('invalid_request', message, { param });
}
