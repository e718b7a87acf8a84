import { type ModelEndpoint } from '../../models/index.js';
import { TRANSLATED_CHAT_DIALECT } from '../answers/chat-dialect.js';
import { editedBody } from '../requests/body-edits.js';
import { conversationKey } from '../requests/conversation-key.js';
import { applyEdits, topLevelFields } from '../requests/json-fields.js';
import { isObject, type JsonBody } from '../requests/json-body.js';
import {
  type BackendRequest,
  type ModelAbilities,
  type ModelRequest,
} from '../requests/model-request.js';
import { type RequestedOutput } from '../requests/output-limit.js';
import { likelyPromptTokens, type PromptSize } from '../requests/token-estimate.js';
import { chatBody, type ChatTranslation, stopSequencesIn, translateToChat } from './chat-body.js';
import { MessageSink } from './message-sink.js';
import { MessagesDialect } from './messages-dialect.js';
import { isStreamIn, maxTokensIn, type MessagesBody, readMessagesBody } from './messages-body.js';
import { messagesPromptSize } from './messages-prompt.js';
import { thinkingBudgetIn, wantsThinking } from './reasoning-effort.js';
import { type MessageTerms } from './whole-message.js';

const LONGEST_AFFINITY_KEY = 512;
const LIMITS: ReadonlySet<string> = new Set(['max_tokens']);
const VERSION = { 'anthropic-version': '2023-06-01' };
const ANTHROPIC = 'https://api.anthropic.com';

/** A request in Anthropic's format, in the bytes it came in. */
class MessagesRequest implements ModelRequest {
  readonly model: string;
  readonly isStream: boolean;
  /** Every stream of this API reports it. */
  readonly wantsUsage: boolean;
  readonly output: RequestedOutput;
  readonly prompt: PromptSize;
  readonly audioMs = null;
  private readonly maxTokens: number;
  /** Made once, whichever backends are asked. */
  private translation: ChatTranslation | null = null;

  constructor(private readonly body: MessagesBody) {
    const { json, model, messages } = body;
    this.model = model;
    this.isStream = isStreamIn(json.values);
    this.wantsUsage = this.isStream;
    this.maxTokens = maxTokensIn(json.values);
    this.output = { limit: this.maxTokens, choices: 1 };
    this.prompt = messagesPromptSize(json.values, messages, json.bytes.length);
  }

  get affinityKey(): string | null {
    const { values } = this.body.json;
    return userIn(values['metadata']) ?? conversationKey(values['messages']);
  }

  toBackend(
    endpoint: ModelEndpoint,
    outputLimit: number | null,
    model?: ModelAbilities,
  ): BackendRequest {
    return endpoint.nativeApis.includes('messages')
      ? this.native(endpoint, outputLimit)
      : this.translated(endpoint, outputLimit, model);
  }

  /** No header of the caller's goes along, and no beta: it must not change what the backend does. */
  private native(endpoint: ModelEndpoint, outputLimit: number | null): BackendRequest {
    const model = this.model === endpoint.upstreamModel ? null : endpoint.upstreamModel;
    const limit =
      outputLimit === null ? null : { tokens: outputLimit, fields: LIMITS, newField: 'max_tokens' };
    const json = outputLimit === null ? this.body.json : this.withinThinking(outputLimit);
    return {
      path: 'messages',
      contentType: 'application/json',
      body: editedBody(json, { model, limit, asksUsage: false }),
      headers: VERSION,
      ...(endpoint.origin === ANTHROPIC && { keyHeader: 'x-api-key' }),
      dialect: new MessagesDialect(),
    };
  }

  /** Backends refuse a limit below what thinking may take; then the model answers without it. */
  private withinThinking(outputLimit: number): JsonBody {
    const { json } = this.body;
    const budget = thinkingBudgetIn(json.values);
    const span = json.fields.find(({ key }) => key === 'thinking');
    if (!span || budget === null || outputLimit > budget || this.maxTokens <= budget) return json;
    const bytes = applyEdits(json.bytes, [{ ...span, text: '{"type":"disabled"}' }]);
    return { ...json, bytes, fields: topLevelFields(bytes) };
  }

  private translated(
    endpoint: ModelEndpoint,
    outputLimit: number | null,
    model: ModelAbilities | undefined,
  ): BackendRequest {
    const { json, messages } = this.body;
    this.translation ??= translateToChat(json.values, messages);
    // Callers must name a limit, and name one that is meant for larger models.
    const most = model?.maxOutputTokens ?? Infinity;
    const limit = Math.min(this.maxTokens, outputLimit ?? Infinity, most);
    const canReason = model?.supportsReasoning === true;
    const terms = this.answerTerms;
    return {
      path: 'chat/completions',
      contentType: 'application/json',
      body: chatBody(this.translation, { endpoint, limit, isStream: this.isStream, canReason }),
      dialect: TRANSLATED_CHAT_DIALECT,
      translate: (sink) => new MessageSink(sink, terms),
    };
  }

  private get answerTerms(): MessageTerms {
    const { values } = this.body.json;
    return {
      model: this.model,
      promptTokens: likelyPromptTokens(this.prompt),
      isThinkingShown: wantsThinking(values),
      stopSequences: stopSequencesIn(values),
    };
  }
}

/**
 * Reads a request of Anthropic's Messages API.
 * @throws AppError invalid_request, missing_field
 */
export function readMessagesRequest(body: unknown, bytes: Buffer | null): ModelRequest {
  return new MessagesRequest(readMessagesBody(body, bytes));
}

/** Who the caller says is asking: what one person asks stays on one endpoint. */
function userIn(metadata: unknown): string | null {
  const user = isObject(metadata) ? metadata['user_id'] : null;
  return typeof user === 'string' && user !== '' ? user.slice(0, LONGEST_AFFINITY_KEY) : null;
}
