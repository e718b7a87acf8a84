import { Service, inject, signal } from '@angular/core';

import { Session } from '../../core/auth/session';
import { tabStore } from '../../core/storage';
import { Draft } from '../composer/draft';

/**
 * The model that answers beside the chosen one, for each conversation of its own. Kept in this tab
 * over a reload, as the draft is.
 */
@Service()
export class SecondModel {
  private readonly person = inject(Session).me()?.id ?? '';
  private place: string | null = NEW;
  private readonly state = signal(tabStore.read(this.key(NEW)));

  /** Null: there is none. */
  readonly id = this.state.asReadonly();

  constructor() {
    inject(Draft).onAdopted((from, to) => {
      if (this.place === from) this.moveTo(to);
    });
  }

  /** Turns to that of another conversation; null: of a chat that is new. */
  use(conversationId: string | null): void {
    this.place = conversationId ?? NEW;
    this.state.set(tabStore.read(this.key(this.place)));
  }

  /** There is none at first, and the choice is not kept: for a temporary chat. */
  useNowhere(): void {
    this.place = null;
    this.state.set(null);
  }

  choose(id: string | null): void {
    this.state.set(id);
    if (this.place !== null) tabStore.write(this.key(this.place), id);
  }

  /** The new chat has become a conversation. */
  private moveTo(place: string): void {
    const id = this.state();
    this.choose(null);
    this.place = place;
    this.choose(id);
  }

  private key(place: string): string {
    return `second-model.${this.person}.${place}`;
  }
}

const NEW = 'new';
