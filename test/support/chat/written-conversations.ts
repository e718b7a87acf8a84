import { type DataSource } from 'typeorm';
import { RunningAnswer } from '../../../server/src/chat/answers/running-answer.entity.js';
import { NO_SETTINGS } from '../../../server/src/chat/conversations/conversation-settings.js';
import { Conversation } from '../../../server/src/chat/conversations/conversation.entity.js';
import { BLANK_MESSAGE } from '../../../server/src/chat/messages/blank-message.js';
import { Message } from '../../../server/src/chat/messages/message.entity.js';
import { newId } from '../../../server/src/infrastructure/crypto/identifiers.js';

/** When the first conversation of a test was. */
export const BEGUN_MS = 1_763_000_000_000;
const ROWS_AT_ONCE = 500;

/** A conversation as if it had been had, without messages. */
export async function writeConversation(
  dataSource: DataSource,
  userId: string,
  details: Partial<Conversation> = {},
): Promise<Conversation> {
  const repository = dataSource.getRepository(Conversation);
  const conversation = repository.create({
    id: newId(),
    userId,
    title: 'About something',
    titleSource: 'words',
    folderId: null,
    isPinned: false,
    isArchived: false,
    model: 'dummy',
    settings: NO_SETTINGS,
    currentMessageId: null,
    createdAt: new Date(BEGUN_MS),
    updatedAt: new Date(BEGUN_MS),
    removedAt: null,
    ...details,
  });
  await repository.insert(conversation);
  return conversation;
}

/** What a test says of a message; it follows the one named so, and gets that name. */
export interface Said extends Partial<
  Omit<Message, 'id' | 'conversationId' | 'parentId' | 'createdAt'>
> {
  readonly name: string;
  readonly after?: string;
}

/**
 * Writes messages in this order, a millisecond apart: those whose names begin with `q` are questions,
 * the others complete answers. Answers their ids by name; what is shown is left alone.
 */
export async function writeMessages(
  dataSource: DataSource,
  conversationId: string,
  said: readonly Said[],
): Promise<Record<string, string>> {
  const ids: Record<string, string> = {};
  const rows = said.map(({ name, after, ...details }, index) => {
    ids[name] = newId();
    return dataSource.getRepository(Message).create({
      ...BLANK_MESSAGE,
      id: ids[name],
      conversationId,
      parentId: after === undefined ? null : ids[after]!,
      role: name.startsWith('q') ? 'user' : 'assistant',
      model: name.startsWith('q') ? null : 'dummy',
      content: `What ${name} says`,
      state: 'complete',
      createdAt: new Date(BEGUN_MS + index),
      ...details,
    });
  });
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
    await dataSource.manager.insert(Message, rows.slice(start, start + ROWS_AT_ONCE));
  }
  return ids;
}

/** Shows the branch that ends with this message. */
export async function show(
  dataSource: DataSource,
  conversationId: string,
  currentMessageId: string,
): Promise<void> {
  await dataSource.manager.update(Conversation, { id: conversationId }, { currentMessageId });
}

/** As if another replica was producing this answer. */
export async function letRun(
  dataSource: DataSource,
  userId: string,
  answerId: string,
): Promise<void> {
  const running = { id: answerId, replicaId: newId(), userId, startedAt: new Date(BEGUN_MS) };
  await dataSource.manager.insert(RunningAnswer, running);
  await dataSource.manager.update(Message, { id: answerId }, { state: 'writing' });
}

/** A conversation of questions and answers one after the other: `q0`, `a0`, `q1`, … */
export function dialogue(turns: number): Said[] {
  return Array.from({ length: turns }, (_, turn): Said[] => [
    { name: `q${turn}`, ...(turn > 0 && { after: `a${turn - 1}` }) },
    { name: `a${turn}`, after: `q${turn}` },
  ]).flat();
}
