import { describe, expect, it } from '@jest/globals';
import { recordFromJson, recordToJson } from './record-json.js';
import { type RequestRecord } from './request-record.js';

const record: RequestRecord = {
  id: '01930000-0000-7000-8000-000000000000',
  requestId: 'a "quoted" request',
  startedAt: new Date('2026-11-21T10:00:00.123Z'),
  userId: null,
  clientId: '01930000-0000-7000-8000-000000000001',
  apiKeyId: null,
  source: 'api',
  operation: 'chat/completions',
  model: 'modèle',
  endpoint: null,
  isStream: true,
  status: 200,
  errorCode: null,
  outcome: 'completed',
  promptTokens: 0,
  completionTokens: null,
  cachedTokens: null,
  reasoningTokens: 7,
  firstByteMs: 3,
  durationMs: 9,
  cost: 9_007_199_254_740_993n,
  accuracy: 'exact',
  coinPoolId: '01930000-0000-7000-8000-000000000002',
  coinsHeld: 0n,
  tokenPoolId: null,
  tokensHeld: null,
  audioMs: 1_234,
  attempts: '[]',
};

describe('a record as JSON', () => {
  it('comes back as it was, amounts beyond 2^53 included', () => {
    expect(recordFromJson(recordToJson(record))).toEqual(record);
  });

  it('comes back without a cost when nothing was used', () => {
    const refused = { ...record, cost: null, coinsHeld: null };
    expect(recordFromJson(recordToJson(refused))).toEqual(refused);
  });
});
