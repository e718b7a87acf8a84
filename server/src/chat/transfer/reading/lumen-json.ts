import { type MessageState } from '../../messages/message.entity.js';
import { CONVERSATION_FORMAT, FORMAT_VERSION } from '../exported-conversation.js';
import { ImportRefusal } from './imported-conversation.js';
import { type SourceMessage } from './message-turns.js';
import { type SourceConversation } from './open-webui.js';
import { type JsonObject, listOf, nameOf, objectOf, textOf, timeOf } from './unknown-json.js';

const LONGEST_MODEL = 256;
const LONGEST_KEY = 200;
const LONGEST_FOLDER = 100;
const LONGEST_FINISH_REASON = 32;
const STATES: readonly MessageState[] = ['complete', 'stopped', 'interrupted', 'failed'];

/** A conversation as Lumen exports it; null: it is none. @throws ImportRefusal: of a newer Lumen */
export function fromLumen(
  value: JsonObject,
): (SourceConversation & { folder: string | null }) | null {
  if (value['format'] !== CONVERSATION_FORMAT) return null;
  if (value['version'] !== FORMAT_VERSION) {
    throw new ImportRefusal('a newer version of Lumen exported it');
  }
  return {
    title: textOf(value['title']),
    createdMs: timeOf(value['createdAt']),
    updatedMs: timeOf(value['updatedAt']),
    isPinned: value['isPinned'] === true,
    isArchived: value['isArchived'] === true,
    folder: nameOf(value['folder'], LONGEST_FOLDER),
    model: nameOf(value['model'], LONGEST_MODEL),
    systemPrompt: textOf(objectOf(value['settings'])?.['systemPrompt']),
    messages: listOf(value['messages']).map(messageOf),
    currentKey: nameOf(value['currentMessageId'], LONGEST_KEY),
  };
}

function messageOf(value: unknown, place: number): SourceMessage {
  const message = objectOf(value);
  const role = message?.['role'];
  const isAnswer = role === 'assistant';
  return {
    key: nameOf(message?.['id'], LONGEST_KEY) ?? `place ${place}`,
    parentKey: textOf(message?.['parentId']),
    role: role === 'user' || role === 'assistant' ? role : null,
    content: textOf(message?.['content']) ?? '',
    reasoning: (isAnswer && textOf(message?.['reasoning'])) || '',
    model: isAnswer ? nameOf(message?.['model'], LONGEST_MODEL) : null,
    state: isAnswer ? stateOf(message?.['state']) : 'complete',
    finishReason: isAnswer ? nameOf(message?.['finishReason'], LONGEST_FINISH_REASON) : null,
    createdMs: timeOf(message?.['createdAt']),
  };
}

const stateOf = (value: unknown): MessageState =>
  STATES.find((known) => known === value) ?? 'complete';
