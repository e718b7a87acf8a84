import { Service, inject, signal } from '@angular/core';

import { I18n } from '../../core/i18n/i18n';
import { Toast } from '../../ui/toast';
import { ConversationAddress, TO_COMPOSER } from './conversation-address';
import { ConversationStore, type NewConversation } from './conversation-store';
import { type ShownConversation } from './shown-conversation';

export { TO_COMPOSER };

/** Begins a new chat from anywhere. */
@Service()
export class NewChat {
  private readonly conversation = inject(ConversationStore);
  private readonly address = inject(ConversationAddress);
  private readonly toast = inject(Toast);
  private readonly i18n = inject(I18n);
  private readonly requests = signal(0);

  /** Counts up each time the message field is asked to take the focus. */
  readonly focusRequests = this.requests.asReadonly();

  async start(how: NewConversation = {}): Promise<void> {
    const former = this.conversation.shown();
    this.conversation.startNew(how);
    await this.address.openNew();
    this.requests.update((count) => count + 1);
    await this.offerBack(former);
  }

  /** After a chat was left: a temporary one is nowhere any more, but can be brought back now. */
  async offerBack(former: ShownConversation): Promise<void> {
    if (!former.isTemporary || former.turns().length === 0) return;
    const { cleared, undo } = this.i18n.text().chat;
    if (!(await this.toast.show(cleared, undo))) return;
    this.conversation.bringBack(former);
    await this.address.openNew();
  }
}
