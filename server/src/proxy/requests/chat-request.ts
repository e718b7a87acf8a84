import { type ModelEndpoint } from '../../models/index.js';
import { CHAT_DIALECT } from '../answers/chat-dialect.js';
import { editedBody } from './body-edits.js';
import { chatPromptSize } from './chat-prompt.js';
import { conversationKey } from './conversation-key.js';
import {
  affinityKeyIn,
  flagIn,
  invalid,
  isObject,
  type JsonBody,
  missing,
  modelIn,
  readJsonBody,
} from './json-body.js';
import { type BackendRequest, type ModelRequest } from './model-request.js';
import { choicesIn, limitFieldFor, type RequestedOutput, requestedOutput } from './output-limit.js';
import { type PromptSize } from './token-estimate.js';

const OUTPUT_LIMITS: ReadonlySet<string> = new Set(['max_tokens', 'max_completion_tokens']);

interface ChatFacts extends Pick<ModelRequest, 'model' | 'isStream' | 'wantsUsage' | 'prompt'> {
  readonly output: RequestedOutput;
  readonly body: JsonBody;
}

/** A request for a chat completion, in the bytes it came in. */
class ChatRequest implements ModelRequest {
  readonly model: string;
  readonly isStream: boolean;
  readonly wantsUsage: boolean;
  readonly output: RequestedOutput;
  readonly prompt: PromptSize;
  readonly audioMs = null;
  private readonly body: JsonBody;

  constructor({ model, isStream, wantsUsage, output, prompt, body }: ChatFacts) {
    this.model = model;
    this.isStream = isStream;
    this.wantsUsage = wantsUsage;
    this.output = output;
    this.prompt = prompt;
    this.body = body;
  }

  get affinityKey(): string | null {
    const { values } = this.body;
    return affinityKeyIn(values) ?? conversationKey(values['messages']);
  }

  toBackend(endpoint: ModelEndpoint, outputLimit: number | null): BackendRequest {
    const model = this.model === endpoint.upstreamModel ? null : endpoint.upstreamModel;
    const newField = limitFieldFor(endpoint.url);
    const limit =
      outputLimit === null ? null : { tokens: outputLimit, fields: OUTPUT_LIMITS, newField };
    return {
      path: 'chat/completions',
      contentType: 'application/json',
      body: editedBody(this.body, { model, limit, asksUsage: this.isStream && !this.wantsUsage }),
      dialect: CHAT_DIALECT,
    };
  }
}

/**
 * Reads a chat-completion request. Fields Lumen does not know are the backend's business, unless they
 * choose a model or a limit; those it decides by must be right. A model that is not named is the catalogue's business.
 * @throws AppError invalid_request, missing_field
 */
export function readChatRequest(body: unknown, bytes: Buffer | null): ModelRequest {
  const json = readJsonBody(body, bytes, 'model and messages');
  const { values } = json;
  const model = modelIn(values);
  const { messages } = values;
  if (messages === undefined || messages === null) throw missing('messages', 'a list of messages');
  if (!Array.isArray(messages) || messages.length === 0 || !messages.every(isObject)) {
    throw invalid('messages', '"messages" must be a list with at least one message object.');
  }
  const isStream = flagIn(values, 'stream');
  const wantsUsage = isStream && asksForUsage(values['stream_options']);
  return new ChatRequest({
    model,
    isStream,
    wantsUsage,
    output: outputOf(values),
    prompt: chatPromptSize(values, messages, json.bytes.length),
    body: json,
  });
}

/** Some backends write the best of several in chats too, as only text completions say. */
function outputOf(values: JsonBody['values']): RequestedOutput {
  const output = requestedOutput(values);
  if ((choicesIn(values, 'best_of') ?? 1) > output.choices) {
    throw invalid('best_of', '"best_of" is not passed on in chats: use "n" instead.');
  }
  return output;
}

/** @throws AppError invalid_request */
export function asksForUsage(streamOptions: unknown): boolean {
  if (streamOptions === undefined || streamOptions === null) return false;
  if (typeof streamOptions !== 'object' || Array.isArray(streamOptions)) {
    throw invalid('stream_options', '"stream_options" must be an object.');
  }
  return (streamOptions as Record<string, unknown>)['include_usage'] === true;
}
