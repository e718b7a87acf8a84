import { Service, computed, inject, signal } from '@angular/core';

import { Session } from '../../core/auth/session';
import { tabStore } from '../../core/storage';

/**
 * What is being written, for each conversation of its own. Survives a reload and the way through
 * the sign-in.
 */
@Service()
export class Draft {
  /** By person, so that whoever signs in next in this tab does not see it. */
  private readonly person = inject(Session).me()?.id ?? '';
  private readonly place = signal('new');
  private readonly state = signal(tabStore.read(this.key('new')) ?? '');
  private readonly listeners: ((from: string, to: string) => void)[] = [];

  readonly text = this.state.asReadonly();
  /** Where it belongs: the id of a conversation, or `new`. */
  readonly of = computed(() => this.place());

  /** Turns to the draft of another conversation; null: of a chat that is new. */
  use(conversationId: string | null): void {
    const place = conversationId ?? 'new';
    if (place === this.place()) return;
    this.place.set(place);
    this.state.set(tabStore.read(this.key(place)) ?? '');
  }

  /** The new chat has become this conversation: what is in the field by now goes along. */
  adopt(conversationId: string): void {
    const from = this.place();
    if (from !== 'new') return this.use(conversationId);
    const text = this.state();
    this.set('');
    this.place.set(conversationId);
    this.set(text);
    for (const listener of this.listeners) listener(from, conversationId);
  }

  set(text: string): void {
    this.state.set(text);
    tabStore.write(this.key(this.place()), text === '' ? null : text);
  }

  /** Gives a message back that could not be sent, unless something new is already there. */
  restore(text: string): boolean {
    if (this.state() !== '') return this.state() === text;
    this.set(text);
    return true;
  }

  /** For what is kept beside the text. */
  onAdopted(listener: (from: string, to: string) => void): void {
    this.listeners.push(listener);
  }

  private key(place: string): string {
    return `draft.${this.person}.${place}`;
  }
}
