import {
  type ApiKey,
  type Attachment,
  type Budget,
  type ChatModel,
  type Conversation,
  type ConversationSummary,
  type Me,
  type Message,
} from '../app/core/api/schema';

export function aMe(changes: Partial<Me> = {}): Me {
  return {
    id: 'u-1',
    kind: 'user',
    email: 'ada@example.edu',
    name: 'Ada Lovelace',
    initials: 'AL',
    roles: ['user'],
    csrfToken: 'token-1',
    managesClients: false,
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
    load: null,
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

export function aBudget(changes: Partial<Budget> = {}): Budget {
  return {
    unit: 'coins',
    model: null,
    kind: 'limited',
    source: 'group staff',
    max: '20',
    refresh: '0.1',
    poolId: 'p-1',
    balance: '1',
    held: '0',
    available: '1',
    nextRefreshAt: null,
    nextRefreshAmount: '0.1',
    fullAt: null,
    ...changes,
  };
}

export function anAttachment(changes: Partial<Attachment> = {}): Attachment {
  return {
    id: 'a-1',
    name: 'notes.txt',
    kind: 'text',
    mediaType: 'text/plain',
    size: 5,
    textChars: 5,
    isCut: false,
    tokens: 2,
    ...changes,
  };
}

export function aSummary(changes: Partial<ConversationSummary> = {}): ConversationSummary {
  return {
    id: 'c-1',
    title: 'Mixed-effects model',
    folderId: null,
    isPinned: false,
    isArchived: false,
    isAnswering: false,
    createdAt: '2026-11-20T08:00:00.000Z',
    updatedAt: '2026-11-20T08:00:00.000Z',
    ...changes,
  };
}

export function aConversation(changes: Partial<Conversation> = {}): Conversation {
  return {
    ...aSummary(),
    model: 'qwen',
    settings: {
      systemPrompt: null,
      temperature: null,
      maxOutputTokens: null,
      reasoningEffort: null,
    },
    currentMessageId: null,
    hasImages: false,
    cost: '0',
    shareId: null,
    expiresAt: null,
    ...changes,
  };
}

/** A question, unless said otherwise. */
export function aMessage(changes: Partial<Message> = {}): Message {
  const id = changes.id ?? 'q-1';
  return {
    id,
    parentId: null,
    role: 'user',
    content: 'Why?',
    reasoning: '',
    model: null,
    state: 'complete',
    finishReason: null,
    error: null,
    comparisonId: null,
    siblingIds: [id],
    attachments: [],
    metrics: null,
    createdAt: '2026-11-20T08:00:00.000Z',
    ...changes,
  };
}

export function anAnswer(changes: Partial<Message> = {}): Message {
  return aMessage({
    id: 'a-1',
    parentId: 'q-1',
    role: 'assistant',
    content: 'Because.',
    model: 'qwen',
    finishReason: 'stop',
    ...changes,
  });
}
