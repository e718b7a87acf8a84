import {
  Component,
  ElementRef,
  Injector,
  afterNextRender,
  computed,
  effect,
  inject,
  input,
  untracked,
  viewChild,
} from '@angular/core';

import { Session } from '../core/auth/session';
import { I18n } from '../core/i18n/i18n';
import { Viewport } from '../core/layout/viewport';
import { Shortcuts } from '../core/shortcuts/shortcuts';
import { Clipboard } from '../ui/clipboard';
import { Icon } from '../ui/icon/icon';
import { MarkdownRenderer } from '../ui/markdown/markdown-renderer';
import { Notice } from '../ui/notice';
import { ToastRoom } from '../ui/toast-room';
import { Composer, type SentQuestion } from './composer/composer';
import { Draft } from './composer/draft';
import { ChatBanners } from './conversation/chat-banners';
import { ChatFoot } from './conversation/chat-foot';
import { ChatTopBar } from './conversation/chat-top-bar';
import { ConversationSkeleton } from './conversation/conversation-skeleton';
import { ConversationStore } from './conversation/conversation-store';
import { ConversationSync } from './conversation/conversation-sync';
import { EarlierTurns } from './conversation/earlier-turns';
import { ExchangeView } from './conversation/exchange-view';
import { MissingConversation } from './conversation/missing-conversation';
import { NewChat } from './conversation/new-chat';
import { ReadingWindow } from './conversation/reading-window';
import { ScrollFollow } from './conversation/scroll-follow';
import { SoughtMessage } from './conversation/sought-message';
import { Suggestions } from './conversation/suggestions';
import { TurnActions } from './conversation/turn-actions';
import { focusTurn } from './conversation/turn-navigation';
import { ChatModels } from './models/chat-models';
import { ModelChip } from './models/model-chip';
import { SettingsAside } from './settings/settings-aside';

/** Asking a model and reading what it says. */
@Component({
  selector: 'app-chat-page',
  imports: [
    ChatBanners,
    ChatFoot,
    ChatTopBar,
    Composer,
    ConversationSkeleton,
    EarlierTurns,
    ExchangeView,
    Icon,
    MissingConversation,
    ModelChip,
    Notice,
    ReadingWindow,
    ScrollFollow,
    SettingsAside,
    SoughtMessage,
    Suggestions,
    ToastRoom,
  ],
  templateUrl: './chat-page.html',
  styleUrl: './chat-page.scss',
})
export class ChatPage {
  /** Of the conversation, from the address; none: a new chat. */
  readonly id = input<string>();

  protected readonly conversation = inject(ConversationStore);
  protected readonly models = inject(ChatModels);
  protected readonly newChat = inject(NewChat);
  private readonly actions = inject(TurnActions);
  private readonly draft = inject(Draft);
  private readonly session = inject(Session);
  protected readonly viewport = inject(Viewport);
  private readonly renderer = inject(MarkdownRenderer);
  private readonly clipboard = inject(Clipboard);
  private readonly injector = inject(Injector);
  private readonly i18n = inject(I18n);
  private readonly composer = viewChild(Composer);
  private readonly chip = viewChild(ModelChip);
  private readonly scroll = viewChild.required(ScrollFollow);
  private readonly scroller = viewChild.required<unknown, ElementRef<HTMLElement>>('scroll', {
    read: ElementRef,
  });

  protected readonly text = computed(() => this.i18n.text().chat);
  protected readonly modelText = computed(() => this.i18n.text().models);
  protected readonly failure = computed(() => this.conversation.shown().failure());
  protected readonly greeting = computed(() => {
    const first = this.session.me()?.name.trim().split(/\s+/)[0] ?? '';
    const isName = first !== '' && !first.includes('@');
    return isName ? this.text().greeting(first) : this.text().greetingNameless;
  });
  /** A conversation is being opened, or a question written. */
  private readonly expectsAnswers = computed(
    () => this.id() !== undefined || this.draft.text() !== '',
  );

  constructor() {
    inject(ConversationSync);
    if (!this.models.isLoaded()) void this.models.load();
    this.bindShortcuts();
    effect(() => {
      const id = this.id();
      untracked(() => this.show(id));
    });
    effect(() => {
      if (this.expectsAnswers()) this.prepareAnswers();
    });
    effect(() => {
      const isAsked = this.newChat.focusRequests() > 0 || !this.viewport.isTouch();
      if (isAsked) untracked(() => this.later(() => this.composer()?.focus()));
    });
  }

  protected send(question: SentQuestion): void {
    void this.conversation.ask(question);
    this.composer()?.focus();
    // The question goes to the top, so that the answer has the room below it.
    this.later(() => this.scroll().showNewest());
  }

  protected fill(text: string): void {
    this.draft.set(text);
    this.composer()?.focus();
  }

  protected pickModel(): void {
    this.chip()?.open();
  }

  protected pickSecondModel(): void {
    this.chip()?.openSecond();
  }

  protected retry(): void {
    const id = this.id();
    if (id !== undefined) void this.conversation.open(id);
  }

  /** A temporary chat has no address of its own: coming back to `/chat` it is still there. */
  private show(id: string | undefined): void {
    if (id !== undefined) {
      const former = this.conversation.shown();
      void this.conversation.open(id);
      void this.newChat.offerBack(former);
    } else if (this.conversation.id() !== null) this.conversation.startNew();
  }

  /**
   * What shows answers is no part of the page, for an empty chat does without it. Fetched in time,
   * no answer waits for it; that it could not be fetched is told where it is needed.
   */
  private prepareAnswers(): void {
    this.renderer.prepare();
    import('../ui/markdown/markdown').catch(() => undefined);
  }

  private bindShortcuts(): void {
    inject(Shortcuts).bind({
      pickModel: () => this.pickModel(),
      focusComposer: () => this.composer()?.focus(),
      stop: () => this.stopIfAnswering(),
      copyCode: () => this.copyLastCode(),
      previousTurn: () => focusTurn(this.scroller().nativeElement, -1),
      nextTurn: () => focusTurn(this.scroller().nativeElement, 1),
      editLast: () => this.isFieldEmpty() && this.actions.editLast(),
    });
  }

  /** The arrow is a way to the last question only where there is nothing to move in. */
  private isFieldEmpty(): boolean {
    const field = this.scroller().nativeElement.ownerDocument.activeElement;
    return field instanceof HTMLTextAreaElement && field.id === 'message' && field.value === '';
  }

  private stopIfAnswering(): boolean {
    const isAnswering = this.conversation.isAnswering();
    if (isAnswering) this.conversation.stop();
    return isAnswering;
  }

  private copyLastCode(): boolean {
    const blocks = this.scroller().nativeElement.querySelectorAll('.code code');
    const code = blocks.item(blocks.length - 1)?.textContent ?? '';
    if (code !== '') void this.clipboard.copy(code);
    return code !== '';
  }

  private later(work: () => void): void {
    afterNextRender(work, { injector: this.injector });
  }
}
