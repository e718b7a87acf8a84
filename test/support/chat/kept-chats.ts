import { type DataSource } from 'typeorm';
import { Conversation } from '../../../server/src/chat/conversations/conversation.entity.js';
import { NO_SETTINGS } from '../../../server/src/chat/conversations/conversation-settings.js';
import { Message } from '../../../server/src/chat/messages/message.entity.js';
import { type SearchIndexService } from '../../../server/src/chat/search/search-index.service.js';
import { newId } from '../../../server/src/infrastructure/crypto/identifiers.js';

/** What is said in turns: a question, an answer, a question … */
export interface KeptChat {
  title: string;
  said: string[];
  /** Of the first message; each is a second after the one before. */
  startedAtMs?: number;
  model?: string;
}

const SECOND_MS = 1_000;
const ROWS_AT_ONCE = 500;
const BEGINNING_MS = 1_700_000_000_000;

/** Writes conversations as if they had been held, each a single branch, and has them indexed. */
export async function keepChat(
  dataSource: DataSource,
  index: SearchIndexService,
  userId: string,
  chat: KeptChat,
  details: Partial<Conversation> = {},
): Promise<{ conversation: Conversation; messages: Message[] }> {
  const startedAtMs = chat.startedAtMs ?? BEGINNING_MS;
  const id = newId();
  const messages: Message[] = [];
  for (const [turn, content] of chat.said.entries()) {
    const createdAt = new Date(startedAtMs + turn * SECOND_MS);
    const parentId = messages.at(-1)?.id ?? null;
    const model = turn % 2 === 0 ? null : (chat.model ?? 'dummy');
    messages.push(keptMessage({ conversationId: id, parentId, model, content, createdAt }));
  }
  const updatedAt = messages.at(-1)?.createdAt ?? new Date(startedAtMs);
  const conversation = Object.assign(new Conversation(), {
    id,
    userId,
    title: chat.title,
    titleSource: 'question',
    folderId: null,
    isPinned: false,
    isArchived: false,
    model: null,
    settings: NO_SETTINGS,
    currentMessageId: messages.at(-1)?.id ?? null,
    createdAt: new Date(startedAtMs),
    updatedAt,
    removedAt: null,
    ...details,
  });
  await dataSource.transaction(async (manager) => {
    const place = { userId, conversationId: id };
    await manager.insert(Conversation, conversation);
    for (let at = 0; at < messages.length; at += ROWS_AT_ONCE) {
      await manager.insert(Message, messages.slice(at, at + ROWS_AT_ONCE));
    }
    await index.putTitle(manager, place, conversation.title);
    await index.putMessages(manager, place, messages);
  });
  return { conversation, messages };
}

/** A complete message; an answer if it has a model. */
export function keptMessage(
  message: Partial<Message> & Pick<Message, 'conversationId' | 'parentId' | 'model' | 'content'>,
): Message {
  return Object.assign(new Message(), {
    id: newId(),
    role: message.model === null ? 'user' : 'assistant',
    reasoning: '',
    state: 'complete',
    finishReason: null,
    errorCode: null,
    errorMessage: null,
    comparisonId: null,
    requestId: null,
    promptTokens: null,
    completionTokens: null,
    cachedTokens: null,
    reasoningTokens: null,
    cost: null,
    isEstimated: false,
    firstTokenMs: null,
    thinkingMs: null,
    durationMs: null,
    createdAt: new Date(BEGINNING_MS),
    ...message,
  });
}
