import {
  type AskedDto,
  type AskFurtherDto,
  type BeginConversationDto,
} from '../../../server/src/chat/answers/questions.dto.js';
import { type OpenConversationDto } from '../../../server/src/chat/conversations/conversations.dto.js';
import { type MessageDto } from '../../../server/src/chat/messages/messages.dto.js';
import { EventReader, type ReadEvent } from './event-reader.js';

type Asked<T> = Omit<T, 'attachmentIds' | 'parentId'> & Partial<T>;

/** What a page of the chat asks the server, over a socket, in one session. */
export class ChatPage {
  private constructor(
    readonly url: string,
    readonly headers: Readonly<Record<string, string>>,
  ) {}

  /** Logs the development user in. */
  static async open(url: string): Promise<ChatPage> {
    const answer = await fetch(`${url}/login`, { redirect: 'manual' });
    return ChatPage.with(url, answer.headers.get('set-cookie')?.split(';')[0] ?? '');
  }

  /** In a session that is there. */
  static async with(url: string, cookie: string): Promise<ChatPage> {
    const me = await fetch(`${url}/api/me`, { headers: { cookie } });
    const { csrfToken } = (await me.json()) as { csrfToken: string };
    return new ChatPage(url, { cookie, 'x-csrf-token': csrfToken });
  }

  /** The same session at another address. */
  at(url: string): ChatPage {
    return new ChatPage(url, this.headers);
  }

  fetch(path: string, method = 'GET', body?: unknown): Promise<Response> {
    return fetch(`${this.url}${path}`, {
      method,
      headers: {
        ...this.headers,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? null : JSON.stringify(body),
    });
  }

  /** What is answered with success; rejects otherwise. */
  async get<T>(path: string, method = 'GET', body?: unknown): Promise<T> {
    const answer = await this.fetch(path, method, body);
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return (text === '' ? null : JSON.parse(text)) as T;
  }

  begin(question: Asked<BeginConversationDto>): Promise<AskedDto> {
    return this.get('/chat/conversations', 'POST', question);
  }

  ask(conversationId: string, question: Asked<AskFurtherDto>): Promise<AskedDto> {
    return this.get(`/chat/conversations/${conversationId}/questions`, 'POST', question);
  }

  open(conversationId: string): Promise<OpenConversationDto> {
    return this.get(`/chat/conversations/${conversationId}`);
  }

  stop(answerId: string): Promise<MessageDto> {
    return this.get(`/chat/answers/${answerId}/stop`, 'POST');
  }

  /** The events of an answer from the last one that is known. */
  follow(answerId: string, lastEventId?: string): Promise<EventReader> {
    return this.listen(`/chat/answers/${answerId}/events`, lastEventId);
  }

  async listen(path: string, lastEventId?: string): Promise<EventReader> {
    const leaving = new AbortController();
    const headers: Record<string, string> = { ...this.headers };
    if (lastEventId !== undefined) headers['last-event-id'] = lastEventId;
    const answer = await fetch(`${this.url}${path}`, { headers, signal: leaving.signal });
    if (!answer.ok) throw new Error(`GET ${path}: ${answer.status} ${await answer.text()}`);
    return new EventReader(answer.body!, leaving);
  }

  /** Follows an answer to its end: its pieces joined, and its message. */
  async whole(answerId: string, lastEventId?: string): Promise<WholeAnswer> {
    const reader = await this.follow(answerId, lastEventId);
    return wholeOf(await reader.rest());
  }
}

export interface WholeAnswer {
  readonly content: string;
  readonly reasoning: string;
  /** Null: the stream closed before. */
  readonly end: MessageDto | null;
  readonly lastEventId: string;
}

export function wholeOf(events: readonly ReadEvent[]): WholeAnswer {
  const pieces = events
    .filter(({ event }) => event === 'piece')
    .map(({ data }) => data as { content: string; reasoning: string });
  const end = events.find(({ event }) => event === 'end');
  return {
    content: pieces.map(({ content }) => content).join(''),
    reasoning: pieces.map(({ reasoning }) => reasoning).join(''),
    end: end ? (end.data as MessageDto) : null,
    lastEventId: events.findLast(({ id }) => id !== '')?.id ?? '',
  };
}
