import { Service, inject, signal } from '@angular/core';

import { Session } from '../../core/auth/session';
import { tabStore } from '../../core/storage';

/** What is being written. Survives a reload and the way through the sign-in. */
@Service()
export class Draft {
  /** By person, so that whoever signs in next in this tab does not see it. */
  private readonly key = `draft.${inject(Session).me()?.id ?? ''}.new`;
  private readonly state = signal(tabStore.read(this.key) ?? '');
  readonly text = this.state.asReadonly();

  set(text: string): void {
    this.state.set(text);
    tabStore.write(this.key, text === '' ? null : text);
  }

  /** Gives a message back that could not be sent, unless something new is already there. */
  restore(text: string): boolean {
    if (this.state() !== '') return this.state() === text;
    this.set(text);
    return true;
  }
}
