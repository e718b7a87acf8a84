import {
  Component,
  ElementRef,
  computed,
  effect,
  inject,
  input,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';

import { type Folder } from '../../core/api/schema';
import { I18n } from '../../core/i18n/i18n';
import { Icon } from '../../ui/icon/icon';
import { InlineName } from '../../ui/inline-name';
import { ConversationStore } from '../conversation/conversation-store';
import { NewChat } from '../conversation/new-chat';
import { ConversationList } from './conversation-list';
import { ConversationRow } from './conversation-row';
import { FolderActions, LONGEST_FOLDER_NAME } from './folder-actions';
import { OpenFolders } from './open-folders';

/** A folder in the sidebar; what is in it is asked for when it is unfolded. */
@Component({
  selector: 'app-folder-section',
  imports: [ConversationRow, Icon, InlineName, MatMenu, MatMenuItem, MatMenuTrigger],
  templateUrl: './folder-section.html',
  styleUrl: './folder-section.scss',
})
export class FolderSection {
  readonly folder = input.required<Folder>();
  readonly activeId = input<string | null>(null);
  /** The menu of its conversations. */
  readonly menu = input.required<MatMenu>();

  private readonly conversation = inject(ConversationStore);
  private readonly newChat = inject(NewChat);
  private readonly list = inject(ConversationList);
  private readonly openFolders = inject(OpenFolders);
  private readonly actions = inject(FolderActions);
  private readonly toggle = viewChild<ElementRef<HTMLElement>>('toggle');
  protected readonly i18n = inject(I18n);

  protected readonly text = computed(() => this.i18n.text().conversations);
  protected readonly longest = LONGEST_FOLDER_NAME;
  protected readonly isRenaming = signal(false);
  protected readonly isOpen = computed(() => this.openFolders.has(this.folder().id));
  protected readonly part = computed(() => this.list.folderPart(this.folder().id));
  protected readonly conversations = computed(() => this.list.inFolder(this.folder().id));

  constructor() {
    effect(() => {
      if (this.isOpen() && !this.part().isLoaded()) untracked(() => this.load());
    });
  }

  protected flip(): void {
    this.openFolders.set(this.folder().id, !this.isOpen());
  }

  protected load(): void {
    void this.list.loadFolder(this.folder().id);
  }

  /** The menu gives the focus back first, then the name's field takes it. */
  protected rename(): void {
    setTimeout(() => this.isRenaming.set(true));
  }

  protected renamed({ name, byKeyboard }: { name: string | null; byKeyboard: boolean }): void {
    this.isRenaming.set(false);
    if (name !== null) void this.actions.rename(this.folder(), name);
    if (byKeyboard) setTimeout(() => this.toggle()?.nativeElement.focus());
  }

  /** What is asked next becomes a conversation in this folder. */
  protected async startChat(): Promise<void> {
    await this.newChat.start();
    this.conversation.putInto(this.folder().id);
  }

  protected remove(): void {
    void this.actions.remove(this.folder());
  }
}
