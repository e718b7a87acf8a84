import { type RequestRecord } from './request-record.js';
import { storableText } from './storable-text.js';

type Cell = string | number | boolean | null;

export interface ColumnOfLog {
  name: string;
  postgresType: 'text' | 'bigint' | 'boolean';
  read: (record: RequestRecord) => Cell;
}

const text = (name: string, read: ColumnOfLog['read']): ColumnOfLog => ({
  name,
  postgresType: 'text',
  read,
});
const number = (name: string, read: ColumnOfLog['read']): ColumnOfLog => ({
  name,
  postgresType: 'bigint',
  read,
});
const amount = (name: string, read: (record: RequestRecord) => bigint | null): ColumnOfLog =>
  number(name, (record) => read(record)?.toString() ?? null);

/** The columns of `request_log` and where their values come from. */
export const LOG_COLUMNS: readonly ColumnOfLog[] = [
  text('id', (record) => record.id),
  text('request_id', (record) => record.requestId),
  number('started_at', (record) => record.startedAt.getTime()),
  text('user_id', (record) => record.userId),
  text('client_id', (record) => record.clientId),
  text('api_key_id', (record) => record.apiKeyId),
  text('source', (record) => record.source),
  text('operation', (record) => record.operation),
  text('model', (record) => storableText(record.model)),
  text('endpoint', (record) => record.endpoint),
  { name: 'is_stream', postgresType: 'boolean', read: (record) => record.isStream },
  number('status', (record) => record.status),
  text('error_code', (record) => record.errorCode),
  text('outcome', (record) => record.outcome),
  number('prompt_tokens', (record) => record.promptTokens),
  number('completion_tokens', (record) => record.completionTokens),
  number('cached_tokens', (record) => record.cachedTokens),
  number('reasoning_tokens', (record) => record.reasoningTokens),
  number('first_byte_ms', (record) => record.firstByteMs),
  number('duration_ms', (record) => record.durationMs),
  amount('cost', (record) => record.cost),
  text('accuracy', (record) => record.accuracy),
  text('coin_pool_id', (record) => record.coinPoolId),
  amount('coins_held', (record) => record.coinsHeld),
  text('token_pool_id', (record) => record.tokenPoolId),
  amount('tokens_held', (record) => record.tokensHeld),
  number('audio_ms', (record) => record.audioMs),
  text('attempts', (record) => record.attempts),
];
