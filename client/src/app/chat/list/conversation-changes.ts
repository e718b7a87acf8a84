import { Service, inject } from '@angular/core';
import { Router } from '@angular/router';

import { ApiClient } from '../../core/api/api-client';
import { asApiError } from '../../core/api/api-error';
import {
  type Conversation,
  type ConversationSummary,
  type UpdateConversation,
} from '../../core/api/schema';
import { I18n } from '../../core/i18n/i18n';
import { errorText } from '../../ui/error-text';
import { Toast } from '../../ui/toast';
import { KnownConversations } from './known-conversations';

/** What a row can change of a conversation. */
export type RowChange = Partial<
  Pick<ConversationSummary, 'title' | 'isPinned' | 'isArchived' | 'folderId'>
>;

/** Changes that are shown at once, and taken back if the server refuses them. */
@Service()
export class ConversationChanges {
  private readonly api = inject(ApiClient);
  private readonly known = inject(KnownConversations);
  private readonly router = inject(Router);
  private readonly toast = inject(Toast);
  private readonly i18n = inject(I18n);

  /** Never throws: a refusal is shown and what was stays. Resolves with whether it is done. */
  async change(id: string, change: RowChange): Promise<boolean> {
    const before = this.known.get(id);
    if (before !== undefined) this.known.put({ ...before, ...change });
    try {
      const body: UpdateConversation = change;
      this.known.put(summaryOf(await this.api.patch<Conversation>(pathOf(id), body)));
      return true;
    } catch (cause) {
      if (before !== undefined) this.known.put(before);
      this.tell(cause);
      return false;
    }
  }

  /** Deletes it and offers to take that back. Leaves it if it is open. Never throws. */
  async remove(id: string): Promise<void> {
    const before = this.known.get(id);
    const wasOpen = this.isOpen(id);
    this.known.forget(id);
    try {
      await this.api.delete(pathOf(id));
    } catch (cause) {
      if (before !== undefined) this.known.put(before);
      this.tell(cause);
      return;
    }
    // Whoever has gone elsewhere meanwhile stays there.
    if (this.isOpen(id)) await this.router.navigateByUrl('/chat');
    const { removed, undo } = this.i18n.text().conversations;
    if (await this.toast.show(removed(before?.title ?? ''), undo)) await this.restore(id, wasOpen);
  }

  /** Archives it and offers to take that back, or takes it out of the archive. Never throws. */
  async archive(id: string, isArchived: boolean): Promise<void> {
    const title = this.known.get(id)?.title ?? '';
    if (!(await this.change(id, { isArchived }))) return;
    const { archived, unarchived, undo } = this.i18n.text().conversations;
    if (!isArchived) void this.toast.show(unarchived(title));
    else if (await this.toast.show(archived(title), undo)) {
      await this.change(id, { isArchived: false });
    }
  }

  private async restore(id: string, isToBeOpened: boolean): Promise<void> {
    try {
      const restored = await this.api.post<Conversation>(`${pathOf(id)}/restoration`);
      this.known.put(summaryOf(restored));
      if (isToBeOpened) await this.router.navigateByUrl(pathOfPage(id));
    } catch (cause) {
      this.tell(cause);
    }
  }

  private isOpen(id: string): boolean {
    return this.router.url.startsWith(pathOfPage(id));
  }

  private tell(cause: unknown): void {
    void this.toast.show(errorText(asApiError(cause), this.i18n.text().errors));
  }
}

/** Where a conversation is read. */
export function pathOfPage(id: string): string {
  return `/chat/${id}`;
}

function pathOf(id: string): string {
  return `/chat/conversations/${id}`;
}

/** What the list knows of a conversation, from everything there is to know. */
export function summaryOf(conversation: ConversationSummary): ConversationSummary {
  const { id, title, folderId, isPinned, isArchived, isAnswering, createdAt, updatedAt } =
    conversation;
  return { id, title, folderId, isPinned, isArchived, isAnswering, createdAt, updatedAt };
}
