import { Service, inject } from '@angular/core';

import { Dialogs } from '../../ui/dialogs';
import { Saving } from '../../ui/saving';
import { type ShareDialogData } from './share-dialog';

/** What one can do with a conversation besides changing it, from its row or from its page. */
@Service()
export class ConversationActions {
  private readonly dialogs = inject(Dialogs);
  private readonly saving = inject(Saving);

  /** Resolves when the dialog is closed; `Shares` knows what came of it. */
  async share(conversation: { id: string; title: string }): Promise<void> {
    const data: ShareDialogData = { conversationId: conversation.id, title: conversation.title };
    await this.dialogs.open(() => import('./share-dialog').then((file) => file.ShareDialog), {
      data,
      width: '520px',
    });
  }

  /** `markdown`: the branch that is shown; `json`: all branches. */
  export(id: string, format: 'markdown' | 'json'): void {
    this.saving.save(`/chat/conversations/${id}/export?format=${format}`);
  }
}
