import { type ApiKey, type ChatModel, type Me } from '../app/core/api/schema';

export function aMe(changes: Partial<Me> = {}): Me {
  return {
    id: 'u-1',
    kind: 'user',
    email: 'ada@example.edu',
    name: 'Ada Lovelace',
    initials: 'AL',
    roles: ['user'],
    csrfToken: 'token-1',
    ...changes,
  };
}

export function aModel(changes: Partial<ChatModel> = {}): ChatModel {
  return {
    id: 'qwen',
    name: 'Qwen 3',
    description: 'Good at maths',
    notice: null,
    access: 'allowed',
    acknowledgement: null,
    inputCostPerMillion: 0.4,
    outputCostPerMillion: 1.2,
    contextWindow: 131_072,
    maxOutputTokens: null,
    reasoning: false,
    functionCalling: false,
    inputModalities: ['text'],
    outputModalities: ['text'],
    url: null,
    knowledgeCutoff: null,
    status: 'ok',
    ...changes,
  };
}

export function aKey(changes: Partial<ApiKey> = {}): ApiKey {
  return {
    id: 'k-1',
    name: 'Laptop',
    hint: 'sk_abcd…wxyz',
    createdAt: '2026-11-01T08:00:00.000Z',
    lastUsedAt: null,
    revokedAt: null,
    expiresAt: null,
    onlyModels: null,
    ...changes,
  };
}
