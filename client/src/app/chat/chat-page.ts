import {
  Component,
  ElementRef,
  Injector,
  afterNextRender,
  computed,
  effect,
  inject,
  untracked,
  viewChild,
} from '@angular/core';
import { MatIconButton } from '@angular/material/button';
import { MatTooltip } from '@angular/material/tooltip';

import { Session } from '../core/auth/session';
import { I18n } from '../core/i18n/i18n';
import { Viewport } from '../core/layout/viewport';
import { Shortcuts } from '../core/shortcuts/shortcuts';
import { Clipboard } from '../ui/clipboard';
import { Icon } from '../ui/icon/icon';
import { Notice } from '../ui/notice';
import { TopBar } from '../ui/top-bar';
import { ChatModels } from './models/chat-models';
import { Composer } from './composer/composer';
import { ConversationStore } from './conversation/conversation-store';
import { Draft } from './composer/draft';
import { ExchangeView } from './conversation/exchange-view';
import { ModelChip } from './models/model-chip';
import { NewChat } from './conversation/new-chat';
import { ScrollFollow } from './conversation/scroll-follow';
import { Suggestions } from './conversation/suggestions';

/** Asking a model and reading what it says. */
@Component({
  selector: 'app-chat-page',
  imports: [
    Composer,
    ExchangeView,
    Icon,
    MatIconButton,
    MatTooltip,
    ModelChip,
    Notice,
    ScrollFollow,
    Suggestions,
    TopBar,
  ],
  templateUrl: './chat-page.html',
  styleUrl: './chat-page.scss',
})
export class ChatPage {
  protected readonly conversation = inject(ConversationStore);
  protected readonly models = inject(ChatModels);
  protected readonly newChat = inject(NewChat);
  protected readonly viewport = inject(Viewport);
  private readonly draft = inject(Draft);
  private readonly session = inject(Session);
  private readonly clipboard = inject(Clipboard);
  private readonly injector = inject(Injector);
  private readonly i18n = inject(I18n);
  private readonly composer = viewChild.required(Composer);
  private readonly chip = viewChild.required(ModelChip);
  private readonly scroll = viewChild.required(ScrollFollow);
  private readonly column = viewChild<ElementRef<HTMLElement>>('column');

  protected readonly text = computed(() => this.i18n.text().chat);
  protected readonly modelText = computed(() => this.i18n.text().models);
  protected readonly greeting = computed(() => {
    const first = this.session.me()?.name.trim().split(/\s+/)[0] ?? '';
    const isName = first !== '' && !first.includes('@');
    return isName ? this.text().greeting(first) : this.text().greetingNameless;
  });

  /** How much of the model's memory the conversation fills; null while that is unknown. */
  protected readonly contextPercent = computed(() => {
    const usage = this.conversation.current()?.answer().usage() ?? null;
    const size = this.models.selected()?.contextWindow ?? null;
    if (usage === null || size === null || size <= 0) return null;
    return Math.max(1, Math.round((100 * (usage.input + usage.output)) / size));
  });

  constructor() {
    if (!this.models.isLoaded()) void this.models.load();
    inject(Shortcuts).bind({
      pickModel: () => this.pickModel(),
      focusComposer: () => this.composer().focus(),
      stop: () => this.stopIfAnswering(),
      copyCode: () => this.copyLastCode(),
    });
    effect(() => {
      const asked = this.newChat.focusRequests() > 0 || !this.viewport.isTouch();
      if (asked)
        untracked(() =>
          afterNextRender(() => this.composer().focus(), { injector: this.injector }),
        );
    });
  }

  protected send(question: string): void {
    void this.conversation.ask(question);
    this.composer().focus();
    // The question goes to the top, so that the answer has the room below it.
    afterNextRender(() => this.scroll().showNewest(), { injector: this.injector });
  }

  protected fill(text: string): void {
    this.draft.set(text);
    this.composer().focus();
  }

  protected pickModel(): void {
    this.chip().open();
  }

  private stopIfAnswering(): boolean {
    const isAnswering = this.conversation.isAnswering();
    if (isAnswering) this.conversation.stop();
    return isAnswering;
  }

  private copyLastCode(): boolean {
    const blocks = this.column()?.nativeElement.querySelectorAll('.code code');
    const code = blocks?.item(blocks.length - 1)?.textContent ?? '';
    if (code !== '') void this.clipboard.copy(code);
    return code !== '';
  }
}
