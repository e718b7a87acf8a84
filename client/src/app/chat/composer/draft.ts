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
  private readonly fields = new Set<(text: string) => void>();

  readonly text = this.state.asReadonly();
  /** Where it belongs: the id of a conversation, or `new`. */
  readonly of = computed(() => this.place());

  /** Turns to the draft of another conversation; null: of a chat that is new. */
  use(conversationId: string | null): void {
    const place = conversationId ?? 'new';
    if (place === this.place()) return;
    this.place.set(place);
    this.show(tabStore.read(this.key(place)) ?? '');
  }

  /** The new chat has become this conversation: what is in the field by now goes along. */
  adopt(conversationId: string): void {
    const from = this.place();
    if (from !== 'new') return this.use(conversationId);
    this.keep('');
    this.place.set(conversationId);
    this.keep(this.state());
    for (const listener of this.listeners) listener(from, conversationId);
  }

  set(text: string): void {
    this.keep(text);
    this.show(text);
  }

  /**
   * Gives a message back that could not be sent, to where it was written, unless something new is
   * already there.
   */
  restore(text: string, place = this.place()): boolean {
    const isShown = place === this.place();
    const present = isShown ? this.state() : (tabStore.read(this.key(place)) ?? '');
    if (present !== '') return present === text;
    if (isShown) this.set(text);
    else this.keep(text, place);
    return true;
  }

  /**
   * For a field: calls back with what it is to show, in the turn in which that changes. Were it only
   * drawn later, a key pressed before would take the text of one conversation into another, or bring
   * back what was sent. Answers how to end it.
   */
  onShown(listener: (text: string) => void): () => void {
    this.fields.add(listener);
    return () => this.fields.delete(listener);
  }

  /** For what is kept beside the text. */
  onAdopted(listener: (from: string, to: string) => void): void {
    this.listeners.push(listener);
  }

  private keep(text: string, place = this.place()): void {
    tabStore.write(this.key(place), text === '' ? null : text);
  }

  private show(text: string): void {
    this.state.set(text);
    for (const listener of this.fields) listener(text);
  }

  private key(place: string): string {
    return `draft.${this.person}.${place}`;
  }
}
