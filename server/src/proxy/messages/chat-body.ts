import { type ModelEndpoint } from '../../models/index.js';
import { invalid, isObject } from '../requests/json-body.js';
import { limitFieldFor } from '../requests/output-limit.js';
import { chatMessagesOf } from './chat-messages.js';
import { chatToolsOf } from './chat-tools.js';
import { type Fields } from './messages-body.js';
import { reasoningEffortOf, type ReasoningEffort } from './reasoning-effort.js';

/** A request translated to chat completions, but for what differs between backends. */
export interface ChatTranslation {
  readonly fields: Fields;
  readonly topK: number | null;
  readonly effort: ReasoningEffort | null;
}

/** What one attempt at one backend adds to it. */
export interface ChatTarget {
  readonly endpoint: ModelEndpoint;
  /** Tokens. */
  readonly limit: number;
  readonly isStream: boolean;
  readonly canReason: boolean;
}

/**
 * Translates what Anthropic's format says to chat completions. Fields without a counterpart that
 * change nothing in the answer's meaning, such as `cache_control`, are left out.
 * @throws AppError invalid_request
 */
export function translateToChat(values: Fields, messages: readonly Fields[]): ChatTranslation {
  refuseMcpServers(values['mcp_servers']);
  const stop = stopSequencesIn(values);
  const temperature = numberIn(values, 'temperature');
  const topP = numberIn(values, 'top_p');
  return {
    fields: {
      messages: chatMessagesOf(values['system'], messages),
      ...(stop.length > 0 && { stop }),
      ...(temperature !== null && { temperature }),
      ...(topP !== null && { top_p: topP }),
      ...chatToolsOf(values),
      ...responseFormat(values['output_config']),
    },
    topK: numberIn(values, 'top_k'),
    effort: reasoningEffortOf(values),
  };
}

/** The bytes that one backend gets. */
export function chatBody({ fields, topK, effort }: ChatTranslation, target: ChatTarget): Buffer {
  const { endpoint, limit, isStream, canReason } = target;
  const limitField = limitFieldFor(endpoint.url);
  // OpenAI's own API refuses what it does not know; others sample by it.
  const takesTopK = topK !== null && limitField === 'max_tokens';
  const body = {
    model: endpoint.upstreamModel,
    ...fields,
    [limitField]: limit,
    ...(takesTopK && { top_k: topK }),
    ...(effort !== null && canReason && { reasoning_effort: effort }),
    ...(isStream && { stream: true, stream_options: { include_usage: true } }),
  };
  return Buffer.from(JSON.stringify(body));
}

/** @throws AppError invalid_request */
export function stopSequencesIn({ stop_sequences: stop }: Fields): readonly string[] {
  if (stop === undefined || stop === null) return [];
  const isList = Array.isArray(stop) && stop.every((text) => typeof text === 'string');
  if (isList) return stop;
  throw invalid('stop_sequences', '"stop_sequences" must be a list of strings.');
}

function numberIn(values: Fields, key: string): number | null {
  const value = values[key];
  if (value === undefined || value === null) return null;
  if (typeof value === 'number') return value;
  throw invalid(key, `"${key}" must be a number.`);
}

function responseFormat(outputConfig: unknown): object {
  const format = isObject(outputConfig) ? outputConfig['format'] : undefined;
  if (!isObject(format) || format['type'] !== 'json_schema') return {};
  const { schema } = format;
  if (!isObject(schema)) {
    throw invalid('output_config.format.schema', '"output_config.format.schema" must be a schema.');
  }
  const named = { name: 'answer', strict: true, schema };
  return { response_format: { type: 'json_schema', json_schema: named } };
}

function refuseMcpServers(servers: unknown): void {
  if (!Array.isArray(servers) || servers.length === 0) return;
  throw invalid(
    'mcp_servers',
    "MCP servers are called by Anthropic, which does not serve this model. Leave them out, or choose a model whose backend speaks Anthropic's API.",
  );
}
