import { type JsonObject, isAbsent, isObject } from './fields.ts';
import { RequestError } from './request-error.ts';
import { countCharacters } from './tokens.ts';

/** What a message consists of beside its text. */
export interface Attachments {
  images: number;
  recordings: number;
  files: number;
}

export interface Message extends Attachments {
  role: string;
  text: string;
}

export interface Conversation {
  /** What is answered: the last message if it is the user's or a tool's, else the user's last. */
  question: Message;
  /** Characters of text in all messages. */
  characters: number;
}

/** Reads `messages`; a list without a message, or with something else in it, is a RequestError. */
export function readConversation(body: JsonObject): Conversation {
  const list = body.messages;
  if (!Array.isArray(list) || list.length === 0) {
    throw new RequestError("'messages' must be a list of at least one message.", {
      param: 'messages',
    });
  }
  const messages = list.map(readMessage);
  const characters = messages.reduce((sum, { text }) => sum + countCharacters(text), 0);
  return { question: questionOf(messages), characters };
}

function questionOf(messages: Message[]): Message {
  const last = messages.at(-1)!;
  if (last.role === 'user' || last.role === 'tool') return last;
  return messages.findLast(({ role }) => role === 'user') ?? last;
}

function readMessage(message: unknown, index: number): Message {
  const param = `messages[${index}]`;
  if (!isObject(message)) throw new RequestError(`'${param}' must be an object.`, { param });
  const role = typeof message.role === 'string' ? message.role : 'user';
  return { role, ...readContent(message.content, `${param}.content`) };
}

function readContent(content: unknown, param: string): Omit<Message, 'role'> {
  const read = { text: '', images: 0, recordings: 0, files: 0 };
  if (isAbsent(content)) return read;
  if (typeof content === 'string') return { ...read, text: content };
  if (!Array.isArray(content)) {
    throw new RequestError(`'${param}' must be a string, a list of parts, or null.`, { param });
  }
  const texts: string[] = [];
  for (const part of content) {
    if (typeof part === 'string') texts.push(part);
    else if (isObject(part)) readPart(part, texts, read);
  }
  return { ...read, text: texts.join('\n') };
}

function readPart(part: JsonObject, texts: string[], attachments: Attachments): void {
  const type = typeof part.type === 'string' ? part.type : '';
  if (typeof part.text === 'string') texts.push(part.text);
  else if (type.includes('image')) attachments.images += 1;
  else if (type.includes('audio')) attachments.recordings += 1;
  else if (type.includes('file')) attachments.files += 1;
}
