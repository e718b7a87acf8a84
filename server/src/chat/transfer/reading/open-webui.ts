import { type SourceMessage } from './message-turns.js';
import { listOf, nameOf, type JsonObject, objectOf, textOf, timeOf } from './unknown-json.js';

const LONGEST_MODEL = 256;
const LONGEST_KEY = 200;

export interface SourceConversation {
  readonly title: string | null;
  readonly createdMs: number | null;
  readonly updatedMs: number | null;
  readonly isPinned: boolean;
  readonly isArchived: boolean;
  readonly model: string | null;
  readonly systemPrompt: string | null;
  readonly messages: readonly SourceMessage[];
  readonly currentKey: string | null;
}

/** A chat as Open WebUI exports it; null: it is none. */
export function fromOpenWebUi(value: JsonObject): SourceConversation | null {
  const chat = objectOf(value['chat']) ?? value;
  const history = objectOf(chat['history']);
  const tree = objectOf(history?.['messages']);
  const list = listOf(chat['messages']);
  if (!tree && (list.length === 0 || 'mapping' in value)) return null;
  const messages = tree
    ? Object.entries(tree).map(([key, message]) => messageOf(key, objectOf(message)))
    : listed(list);
  return {
    title: textOf(value['title']) ?? textOf(chat['title']),
    createdMs: timeOf(value['created_at']) ?? timeOf(chat['timestamp']),
    updatedMs: timeOf(value['updated_at']),
    isPinned: value['pinned'] === true,
    isArchived: value['archived'] === true,
    model: nameOf(listOf(chat['models'])[0], LONGEST_MODEL),
    systemPrompt: textOf(chat['system']),
    messages,
    currentKey: tree ? nameOf(history?.['currentId'], LONGEST_KEY) : (messages.at(-1)?.key ?? null),
  };
}

/** Older exports: one branch, in order. */
function listed(list: readonly unknown[]): SourceMessage[] {
  return list.map((message, place) => ({
    ...messageOf(String(place), objectOf(message)),
    parentKey: place === 0 ? null : String(place - 1),
  }));
}

function messageOf(key: string, message: JsonObject | null): SourceMessage {
  const role = message?.['role'];
  const { reasoning, content } = thoughtsApart(contentOf(message?.['content']));
  const isAnswer = role === 'assistant';
  return {
    key,
    parentKey: textOf(message?.['parentId']),
    role: role === 'user' || role === 'assistant' ? role : null,
    content: isAnswer ? content : contentOf(message?.['content']) || attached(message),
    reasoning: isAnswer ? reasoning : '',
    model: isAnswer ? nameOf(message?.['model'], LONGEST_MODEL) : null,
    state: isAnswer && message?.['done'] === false ? 'interrupted' : 'complete',
    finishReason: null,
    createdMs: timeOf(message?.['timestamp']),
  };
}

/** A text, or parts of which some are texts. */
function contentOf(content: unknown): string {
  const parts = listOf(content).map((part) => textOf(objectOf(part)?.['text']) ?? '');
  return textOf(content) ?? parts.filter(Boolean).join('\n\n');
}

const attached = (message: JsonObject | null) =>
  listOf(message?.['files'])
    .map((file) => nameOf(objectOf(file)?.['name'], LONGEST_KEY) ?? 'file')
    .map((name) => `[${name}]`)
    .join(' ');

const THOUGHTS = [
  { start: '<details type="reasoning"', end: '</details>' },
  { start: '<think>', end: '</think>' },
];

/** It keeps what a model thought in front of the answer, folded. */
function thoughtsApart(text: string): { reasoning: string; content: string } {
  const found = THOUGHTS.find(({ start }) => text.trimStart().startsWith(start));
  const end = found ? text.indexOf(found.end) : -1;
  if (!found || end === -1) return { reasoning: '', content: text };
  const inside = text
    .slice(text.indexOf('>') + 1, end)
    .replace(/^\s*<summary>[^<]*<\/summary>/, '');
  const lines = inside.split('\n').map((line) => line.replace(/^(&gt;|>) ?/, ''));
  return {
    reasoning: lines.join('\n').trim(),
    content: text.slice(end + found.end.length).trim(),
  };
}
