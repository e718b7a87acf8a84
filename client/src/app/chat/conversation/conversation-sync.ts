import { Service, inject } from '@angular/core';

import { ApiError } from '../../core/api/api-error';
import { ChatEvents } from '../list/chat-events';
import { ConversationStore } from './conversation-store';
import { KeptBranches } from './kept-branches';

/** Keeps the open conversation in step with other tabs, other devices and the server. */
@Service()
export class ConversationSync {
  private readonly store = inject(ConversationStore);
  private readonly branches = inject(KeptBranches);
  private isChecking = false;
  private isToBeChecked = false;

  constructor() {
    const events = inject(ChatEvents);
    events.on('conversation', (summary) => {
      if (summary.id !== this.store.id()) return;
      if (this.store.shown().failure()?.status === 404) return void this.store.open(summary.id);
      this.store.note(summary);
      void this.check();
    });
    events.on('conversation-removed', ({ id }) => {
      if (id !== this.store.id()) return;
      this.store.shown().failure.set(new ApiError(404, 'not_found', ''));
    });
    events.on('resumed', () => void this.check());
  }

  /** One look at a time; what happens during it asks for one more. */
  private async check(): Promise<void> {
    this.isToBeChecked = true;
    if (this.isChecking) return;
    this.isChecking = true;
    while (this.isToBeChecked) {
      this.isToBeChecked = false;
      const shown = this.store.shown();
      // What could not be read now will be with the next event.
      const arrived = await this.branches.catchUp(shown).catch(() => null);
      if (arrived !== null) this.store.noteArrived(shown, arrived);
    }
    this.isChecking = false;
  }
}
