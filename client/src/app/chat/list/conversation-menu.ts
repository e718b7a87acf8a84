import { Component, computed, inject, output, viewChild } from '@angular/core';
import { MatDivider } from '@angular/material/divider';
import { MatMenu, MatMenuContent, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';

import { type ConversationSummary } from '../../core/api/schema';
import { I18n } from '../../core/i18n/i18n';
import { Icon } from '../../ui/icon/icon';
import { ConversationActions } from './conversation-actions';
import { ConversationList } from './conversation-list';
import { type ConversationRow } from './conversation-row';
import { FolderActions } from './folder-actions';

/** Something that takes a row from its place; who shows the list takes care of the focus. */
export interface RowLeaving {
  id: string;
  leave: () => unknown;
}

/** What can be done with a conversation: one menu for all rows, told of the row it opens for. */
@Component({
  selector: 'app-conversation-menu',
  imports: [Icon, MatDivider, MatMenu, MatMenuContent, MatMenuItem, MatMenuTrigger],
  templateUrl: './conversation-menu.html',
})
export class ConversationMenu {
  readonly leaving = output<RowLeaving>();

  readonly menu = viewChild.required<MatMenu>('menu');

  protected readonly list = inject(ConversationList);
  protected readonly actions = inject(ConversationActions);
  private readonly folderActions = inject(FolderActions);
  private readonly i18n = inject(I18n);

  protected readonly text = computed(() => this.i18n.text().conversations);

  /** The menu gives the focus back to its row first, then the name's field takes it. */
  protected rename(row: ConversationRow): void {
    setTimeout(() => row.rename());
  }

  protected pin({ id, isPinned }: ConversationSummary): void {
    this.leaving.emit({ id, leave: () => this.list.pin(id, !isPinned) });
  }

  protected move({ id }: ConversationSummary, folderId: string | null): void {
    this.leaving.emit({ id, leave: () => this.list.move(id, folderId) });
  }

  protected async moveToNew(conversation: ConversationSummary): Promise<void> {
    const folder = await this.folderActions.create();
    if (folder !== null) this.move(conversation, folder.id);
  }

  protected archive({ id, isArchived }: ConversationSummary): void {
    this.leaving.emit({ id, leave: () => this.list.archive(id, !isArchived) });
  }

  protected remove({ id }: ConversationSummary): void {
    this.leaving.emit({ id, leave: () => this.list.remove(id) });
  }
}
