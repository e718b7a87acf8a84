import { type RequestRecord } from './request-record.js';

/**
 * A record as text that survives its process. Amounts stand as text in it, because they may be beyond
 * 2^53; what is null is left out, because the text is written with every hold.
 */
export function recordToJson(record: RequestRecord): string {
  return JSON.stringify({
    id: record.id,
    requestId: record.requestId,
    startedAt: record.startedAt.getTime(),
    userId: record.userId ?? undefined,
    clientId: record.clientId ?? undefined,
    apiKeyId: record.apiKeyId ?? undefined,
    source: record.source,
    operation: record.operation,
    model: record.model,
    endpoint: record.endpoint ?? undefined,
    isStream: record.isStream,
    status: record.status,
    errorCode: record.errorCode ?? undefined,
    outcome: record.outcome,
    promptTokens: record.promptTokens ?? undefined,
    completionTokens: record.completionTokens ?? undefined,
    cachedTokens: record.cachedTokens ?? undefined,
    reasoningTokens: record.reasoningTokens ?? undefined,
    firstByteMs: record.firstByteMs ?? undefined,
    durationMs: record.durationMs,
    cost: record.cost?.toString(),
    accuracy: record.accuracy ?? undefined,
    coinPoolId: record.coinPoolId ?? undefined,
    coinsHeld: record.coinsHeld?.toString(),
    tokenPoolId: record.tokenPoolId ?? undefined,
    tokensHeld: record.tokensHeld?.toString(),
    audioMs: record.audioMs ?? undefined,
    attempts: record.attempts ?? undefined,
  } satisfies Complete<InJson>);
}

/** The record that `recordToJson` made the text of. */
export function recordFromJson(json: string): RequestRecord {
  const record = JSON.parse(json) as InJson;
  return {
    ...NOTHING,
    ...record,
    startedAt: new Date(record.startedAt),
    cost: amountOf(record.cost),
    coinsHeld: amountOf(record.coinsHeld),
    tokensHeld: amountOf(record.tokensHeld),
  };
}

type Amounts = 'cost' | 'coinsHeld' | 'tokensHeld';
type Kept<T> = { [K in keyof T as null extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as null extends T[K] ? K : never]?: Exclude<T[K], null>;
};
type InJson = Kept<Omit<RequestRecord, 'startedAt' | Amounts>> & { startedAt: number } & {
  [K in Amounts]?: string;
};
/** A field that is added to the record has to be added here. */
type Complete<T> = { [K in keyof Required<T>]: T[K] };

/** What stands for what was left out. */
const NOTHING = {
  userId: null,
  clientId: null,
  apiKeyId: null,
  endpoint: null,
  errorCode: null,
  promptTokens: null,
  completionTokens: null,
  cachedTokens: null,
  reasoningTokens: null,
  firstByteMs: null,
  accuracy: null,
  coinPoolId: null,
  tokenPoolId: null,
  audioMs: null,
  attempts: null,
};

const amountOf = (text: string | undefined) => (text === undefined ? null : BigInt(text));
