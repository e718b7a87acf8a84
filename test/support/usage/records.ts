import { newId } from '../../../server/src/infrastructure/crypto/identifiers.js';
import { type RequestRecord } from '../../../server/src/usage/log/request-record.js';

/** A request that was answered, with what a test needs to be different. */
export function requestRecord(overrides: Partial<RequestRecord> = {}): RequestRecord {
  return {
    id: newId(),
    requestId: 'request',
    startedAt: new Date('2026-11-21T10:00:00.123Z'),
    userId: overrides.clientId ? null : newId(),
    clientId: null,
    apiKeyId: null,
    source: 'api',
    operation: 'chat/completions',
    model: "Robert'); DROP TABLE request_log;--",
    endpoint: 'http://backend/v1',
    isStream: true,
    status: 200,
    errorCode: null,
    outcome: 'completed',
    promptTokens: 3,
    completionTokens: 0,
    cachedTokens: null,
    reasoningTokens: null,
    firstByteMs: 12,
    durationMs: 3_000_000_000,
    cost: 1_250n,
    accuracy: 'exact',
    coinPoolId: newId(),
    coinsHeld: 9_000n,
    tokenPoolId: null,
    tokensHeld: null,
    audioMs: null,
    attempts: null,
    ...overrides,
  };
}
