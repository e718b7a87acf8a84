import { TestBed } from '@angular/core/testing';
import { Router, provideRouter } from '@angular/router';
import { expect, vi } from 'vitest';

import { ChatModels } from '../app/chat/models/chat-models';
import { type Message } from '../app/core/api/schema';
import { FakeServer, json } from './fake-server';
import { aConversation, aMessage, aModel } from './fixtures';
import { FollowedAnswer } from './followed-answer';
import { useLanguage } from './language';

/** An answer that has just been begun. */
export const WRITING = { state: 'writing', content: '', finishReason: null } as const;

/** A server that keeps one conversation, `c-1`, and whose answers the test writes. */
export class ChatServer extends FakeServer {
  readonly streams = new Map<string, FollowedAnswer>();

  /** With a client on a new chat, which knows the models `qwen` and `llama`. */
  static async start(): Promise<ChatServer> {
    localStorage.clear();
    sessionStorage.clear();
    const models = [aModel(), aModel({ id: 'llama', name: 'Llama 4' })];
    const server = new ChatServer();
    server.on('GET /chat/models', () => json({ models, defaultModel: 'qwen' }));
    TestBed.configureTestingModule({ providers: [provideRouter([{ path: '**', children: [] }])] });
    await useLanguage();
    await TestBed.inject(Router).navigateByUrl('/chat');
    await TestBed.inject(ChatModels).load();
    return server;
  }

  /** The branch, oldest first. */
  keep(...messages: Message[]): void {
    const conversation = aConversation({ currentMessageId: messages.at(-1)?.id ?? null });
    this.on('GET /chat/conversations/c-1', () =>
      json({ conversation, messages, hasEarlier: false }),
    );
    for (const query of ['', '?limit=2']) {
      this.on(`GET /chat/conversations/c-1/messages${query}`, () =>
        json({ messages: query === '' ? messages : messages.slice(-2), hasEarlier: false }),
      );
    }
  }

  /** Lets a question be taken, with these answers being written. */
  takes(path: string, ...answers: Message[]): void {
    this.on(`POST ${path}`, ({ body }) => {
      const { id = 'q-1', content = 'Why?', parentId = null } = body as Partial<Message>;
      const question = aMessage({ id, content, parentId });
      return json({ conversation: aConversation(), question, answers }, 201);
    });
    for (const { id } of answers) {
      this.on(`GET /chat/answers/${id}/events`, ({ signal }) => {
        this.streams.set(id, new FollowedAnswer(signal));
        return this.streams.get(id)!.response;
      });
    }
  }

  /** The newest connection to what is written of an answer. */
  async stream(id: string): Promise<FollowedAnswer> {
    await vi.waitFor(() => expect(this.streams.has(id)).toBe(true));
    return this.streams.get(id)!;
  }

  /** What was posted there last. */
  bodyOf(path: string): Record<string, unknown> {
    const isThere = (one: { path: string; method: string }) =>
      one.path === path && one.method === 'POST';
    return this.seen.findLast(isThere)?.body as Record<string, unknown>;
  }
}
