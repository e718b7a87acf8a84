import {
  type ConversationSettings,
  NO_SETTINGS,
  REASONING_EFFORTS,
} from '../../conversations/conversation-settings.js';
import { fromChatGpt } from './chat-gpt.js';
import { type ImportedConversation, ImportRefusal } from './imported-conversation.js';
import { fromLumen } from './lumen-json.js';
import { turnsOf } from './message-turns.js';
import { fromOpenWebUi, type SourceConversation } from './open-webui.js';
import { type JsonObject, objectOf, textOf } from './unknown-json.js';

const LONGEST_TITLE = 200;
const LONGEST_FROM_QUESTION = 80;
const LONGEST_SYSTEM_PROMPT = 32_000;

/** A conversation of any product that is known. @throws ImportRefusal why it is none */
export function conversationOf(value: unknown): ImportedConversation {
  const object = objectOf(value);
  if (!object) throw new ImportRefusal('it is no conversation');
  const own = fromLumen(object);
  const source = own ?? fromChatGpt(object) ?? fromOpenWebUi(object);
  if (!source) throw new ImportRefusal('it is in no form that is known here');
  return imported(source, { folder: own?.folder ?? null, settings: settingsOf(source, object) });
}

/** As its file calls it, to tell a person which one is meant. */
export function titleOf(value: unknown): string | null {
  const object = objectOf(value);
  const title = oneLine(textOf(object?.['title']) ?? textOf(objectOf(object?.['chat'])?.['title']));
  return title === '' ? null : title;
}

function imported(
  source: SourceConversation,
  own: { folder: string | null; settings: ConversationSettings },
): ImportedConversation {
  const nowMs = Date.now();
  const givenMs = source.messages.map(({ createdMs }) => createdMs).filter((ms) => ms !== null);
  const firstMs = givenMs.reduce((first, ms) => Math.min(first, ms), Infinity);
  const createdMs = source.createdMs ?? (firstMs === Infinity ? nowMs : firstMs);
  const { messages, current } = turnsOf(
    source.messages,
    source.currentKey,
    Math.min(createdMs, firstMs),
  );
  const lastMs = messages.reduce((last, message) => Math.max(last, message.createdMs), 0);
  const model = source.model ?? messages.findLast((message) => message.model)?.model ?? null;
  const title = oneLine(source.title) || titleFrom(messages[0]!.content);
  const { isPinned, isArchived } = source;
  return {
    title,
    createdMs,
    updatedMs: lastMs,
    isPinned,
    isArchived,
    model,
    messages,
    current,
    ...own,
  };
}

function settingsOf({ systemPrompt }: SourceConversation, value: JsonObject): ConversationSettings {
  const said = objectOf(value['settings']);
  const temperature = said?.['temperature'];
  const most = said?.['maxOutputTokens'];
  const isPrompt = systemPrompt !== null && systemPrompt !== '';
  const effort = REASONING_EFFORTS.find((known) => known === said?.['reasoningEffort']);
  return {
    ...NO_SETTINGS,
    systemPrompt: isPrompt ? systemPrompt.slice(0, LONGEST_SYSTEM_PROMPT).toWellFormed() : null,
    temperature: isBetween(temperature, 0, 2) ? temperature : null,
    maxOutputTokens: isBetween(most, 1, 10_000_000) && Number.isInteger(most) ? most : null,
    reasoningEffort: effort ?? null,
  };
}

const isBetween = (value: unknown, least: number, most: number): value is number =>
  typeof value === 'number' && value >= least && value <= most;

const titleFrom = (question: string) =>
  oneLine(question).slice(0, LONGEST_FROM_QUESTION).toWellFormed();

const oneLine = (text: string | null) =>
  (text ?? '')
    .slice(0, 2 * LONGEST_TITLE)
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, LONGEST_TITLE)
    .toWellFormed();
