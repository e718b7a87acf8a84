import {
  type RequestOutcome,
  type RequestRecord,
  type RequestSource,
  type UsageAccuracy,
} from './request-record.js';

/** A line of the request log as people may read it: no text of anybody, and no pools. */
export type LoggedRequest = Omit<
  RequestRecord,
  'coinPoolId' | 'coinsHeld' | 'tokenPoolId' | 'tokensHeld'
>;

/** The list of a SELECT that `readLoggedRequest` reads; costs as text, exact on both databases. */
export const SELECT_LOGGED = `id, request_id, started_at, user_id, client_id, api_key_id, source,
  operation, model, endpoint, is_stream, status, error_code, outcome, prompt_tokens,
  completion_tokens, cached_tokens, reasoning_tokens, first_byte_ms, duration_ms,
  CAST(cost AS TEXT), accuracy, audio_ms, attempts`;

export function readLoggedRequest(row: readonly unknown[]): LoggedRequest {
  const text = (index: number) => row[index] as string;
  const textOrNull = (index: number) => row[index] as string | null;
  const number = (index: number) => (row[index] === null ? null : Number(row[index]));
  const cost = textOrNull(20);
  return {
    id: text(0),
    requestId: text(1),
    startedAt: new Date(Number(row[2])),
    userId: textOrNull(3),
    clientId: textOrNull(4),
    apiKeyId: textOrNull(5),
    source: text(6) as RequestSource,
    operation: text(7),
    model: text(8),
    endpoint: textOrNull(9),
    isStream: Boolean(row[10]),
    status: Number(row[11]),
    errorCode: textOrNull(12),
    outcome: text(13) as RequestOutcome,
    promptTokens: number(14),
    completionTokens: number(15),
    cachedTokens: number(16),
    reasoningTokens: number(17),
    firstByteMs: number(18),
    durationMs: Number(row[19]),
    cost: cost === null ? null : BigInt(cost),
    accuracy: textOrNull(21) as UsageAccuracy | null,
    audioMs: number(22),
    attempts: textOrNull(23),
  };
}
