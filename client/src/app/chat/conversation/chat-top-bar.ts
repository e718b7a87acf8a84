import {
  Component,
  ElementRef,
  Injector,
  afterNextRender,
  computed,
  effect,
  inject,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { MatIconButton } from '@angular/material/button';
import { MatMenu, MatMenuContent, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { MatTooltip } from '@angular/material/tooltip';

import { I18n } from '../../core/i18n/i18n';
import { Viewport } from '../../core/layout/viewport';
import { PageTitle } from '../../core/page-title';
import { Icon } from '../../ui/icon/icon';
import { InlineName } from '../../ui/inline-name';
import { ConversationActions } from '../list/conversation-actions';
import { ConversationList } from '../list/conversation-list';
import { Shares } from '../list/shares';
import { ChatModels } from '../models/chat-models';
import { ConversationStore } from './conversation-store';
import { NewChat } from './new-chat';

/** The bar above a conversation: its title, which is renamed in place, and what one can do with it. */
@Component({
  selector: 'app-chat-top-bar',
  imports: [
    Icon,
    InlineName,
    MatIconButton,
    MatMenu,
    MatMenuContent,
    MatMenuItem,
    MatMenuTrigger,
    MatTooltip,
  ],
  templateUrl: './chat-top-bar.html',
  styleUrl: './chat-top-bar.scss',
})
export class ChatTopBar {
  /** A second model is to be chosen, to answer beside the first. */
  readonly compare = output<void>();

  protected readonly conversation = inject(ConversationStore);
  protected readonly list = inject(ConversationList);
  protected readonly newChat = inject(NewChat);
  protected readonly viewport = inject(Viewport);
  private readonly actions = inject(ConversationActions);
  private readonly models = inject(ChatModels);
  private readonly shares = inject(Shares);
  private readonly i18n = inject(I18n);
  private readonly injector = inject(Injector);
  private readonly rename = viewChild<ElementRef<HTMLElement>>('rename');

  protected readonly text = computed(() => this.i18n.text().chat);
  protected readonly isRenaming = signal(false);
  /** Null while there is nothing on the server to act on. */
  protected readonly kept = computed(() => this.conversation.shown().kept());
  protected readonly summary = computed(() => {
    const kept = this.kept();
    return kept === null ? null : (this.list.summaryOf(kept.id) ?? kept);
  });
  protected readonly heading = computed(() => {
    const { temporary, newChat } = this.text();
    return (
      this.conversation.title() || (this.conversation.isTemporary() ? temporary.title : newChat)
    );
  });
  protected readonly isShared = computed(() => {
    const kept = this.kept();
    return kept !== null && (this.conversation.shareId() ?? null) !== null;
  });
  protected readonly canCompare = computed(
    () => this.models.models().length > 1 && this.conversation.shown().failure() === null,
  );
  /** On a phone the title being changed needs the whole bar. */
  protected readonly hasActions = computed(() => !this.isRenaming() || !this.viewport.isCompact());
  protected readonly expires = computed(() => {
    const at = this.conversation.expiresAt();
    return at === null ? null : this.text().expires(this.i18n.date(at));
  });

  constructor() {
    const title = inject(PageTitle);
    effect(() => title.set(this.heading()));
  }

  protected renamed({ name, byKeyboard }: { name: string | null; byKeyboard: boolean }): void {
    const kept = this.kept();
    this.isRenaming.set(false);
    if (kept !== null && name !== null) {
      this.conversation.note({ title: name });
      void this.list.rename(kept.id, name);
    }
    if (byKeyboard) {
      afterNextRender(() => this.rename()?.nativeElement.focus(), { injector: this.injector });
    }
  }

  protected toggleCompare(): void {
    if (this.conversation.secondModel() === null) this.compare.emit();
    else this.conversation.setSecondModel(null);
  }

  protected async share(): Promise<void> {
    const kept = this.kept();
    if (kept === null) return;
    await this.actions.share({ id: kept.id, title: this.heading() });
    if (this.conversation.id() !== kept.id || !this.shares.isLoaded()) return;
    this.conversation.note({ shareId: this.shares.of(kept.id)?.id ?? null });
  }

  protected export(format: 'markdown' | 'json'): void {
    const id = this.conversation.id();
    if (id !== null) this.actions.export(id, format);
  }
}
