import { Service, inject, signal } from '@angular/core';
import { Router } from '@angular/router';

import { ConversationStore } from './conversation-store';
import { I18n } from '../../core/i18n/i18n';
import { Toast } from '../../ui/toast';

/** Marks a navigation whose focus goes to the message field instead of the heading. */
export const TO_COMPOSER = 'to-composer';

/** Begins a new chat from anywhere. */
@Service()
export class NewChat {
  private readonly conversation = inject(ConversationStore);
  private readonly router = inject(Router);
  private readonly toast = inject(Toast);
  private readonly i18n = inject(I18n);
  private readonly requests = signal(0);

  /** Counts up each time the message field is asked to take the focus. */
  readonly focusRequests = this.requests.asReadonly();

  async start(): Promise<void> {
    const undo = this.conversation.clear();
    await this.router.navigateByUrl('/chat', { info: TO_COMPOSER });
    this.requests.update((count) => count + 1);
    if (undo === null) return;
    const { cleared, undo: undoLabel } = this.i18n.text().chat;
    if (await this.toast.show(cleared, undoLabel)) undo();
  }
}
