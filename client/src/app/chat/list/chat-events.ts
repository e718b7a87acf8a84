import { DestroyRef, Service, inject } from '@angular/core';

import { ApiClient } from '../../core/api/api-client';
import { Session } from '../../core/auth/session';
import { type ChatEvent, type ChatEventData, type ChatEventKind } from './chat-event';
import { followChatEvents } from './chat-event-stream';

type Reaction = (data: never) => void;

/**
 * What changes for the person in other tabs, on other devices and on the server. One tab has the
 * connection and tells the others; when it is closed another takes over.
 */
@Service()
export class ChatEvents {
  private readonly api = inject(ApiClient);
  private readonly session = inject(Session);
  private readonly reactions = new Map<ChatEventKind, Set<Reaction>>();
  private readonly end = new AbortController();
  private channel: BroadcastChannel | null = null;
  private isStarted = false;

  constructor() {
    inject(DestroyRef).onDestroy(() => {
      this.end.abort();
      this.channel?.close();
    });
  }

  /** Calls back on each event of a kind until the caller is destroyed. Only while it is made. */
  on<K extends ChatEventKind>(kind: K, react: (data: ChatEventData[K]) => void): void {
    const reactions = this.reactions.get(kind) ?? new Set<Reaction>();
    this.reactions.set(kind, reactions.add(react));
    inject(DestroyRef).onDestroy(() => reactions.delete(react));
  }

  /** Begins to listen, for as long as this page lives. Calling it again changes nothing. */
  start(): void {
    if (this.isStarted) return;
    this.isStarted = true;
    // Another person in the same browser has other events.
    const name = `lumen.chat-events.${this.session.me()?.id ?? ''}`;
    if (typeof BroadcastChannel !== 'undefined') {
      this.channel = new BroadcastChannel(name);
      this.channel.onmessage = ({ data }) => this.tell(data as ChatEvent);
    }
    void this.lead(name);
  }

  /** Waits to be the tab that listens. Without locks (no HTTPS) each tab listens for itself. */
  private async lead(name: string): Promise<void> {
    const { signal } = this.end;
    if (!('locks' in navigator)) return this.follow((event) => this.tell(event));
    const relay = (event: ChatEvent) => {
      this.channel?.postMessage(event);
      this.tell(event);
    };
    await navigator.locks
      .request(name, { signal }, () => this.follow(relay))
      .catch(() => undefined);
  }

  private follow(tell: (event: ChatEvent) => void): Promise<void> {
    return followChatEvents({ api: this.api, tell, signal: this.end.signal });
  }

  private tell(event: ChatEvent): void {
    for (const react of this.reactions.get(event.kind) ?? []) react(event.data as never);
  }
}
