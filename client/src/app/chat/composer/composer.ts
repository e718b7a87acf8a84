import { CdkTextareaAutosize } from '@angular/cdk/text-field';
import {
  Component,
  DestroyRef,
  ElementRef,
  Injector,
  afterNextRender,
  computed,
  effect,
  inject,
  linkedSignal,
  output,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { MatTooltip } from '@angular/material/tooltip';

import { type Attachment } from '../../core/api/schema';
import { I18n } from '../../core/i18n/i18n';
import { Viewport } from '../../core/layout/viewport';
import { Shortcuts } from '../../core/shortcuts/shortcuts';
import { Icon } from '../../ui/icon/icon';
import { coinsText } from '../conversation/coins';
import { ConversationStore } from '../conversation/conversation-store';
import { ChatPreferences } from '../settings/chat-preferences';
import { ChatSettings } from '../settings/chat-settings';
import { AttachmentChips } from './attachment-chips';
import { ComposerAttachments } from './composer-attachments';
import { ComposerHints } from './composer-hints';
import { ContextRing } from './context-ring';
import { Draft } from './draft';
import { DropZone } from './drop-zone';
import { LargePaste } from './large-paste';
import { QuestionCheck } from './question-check';
import { UploadLimits } from './upload-limits';

/** What goes to the models: a text, files, or both. */
export interface SentQuestion {
  content: string;
  attachments: readonly Attachment[];
}

/** From here on it is worth knowing how full the model's memory is. */
const RING_FROM_PERCENT = 50;

/** The field one writes in, with files beside it and Send, which is Stop during an answer. */
@Component({
  selector: 'app-composer',
  imports: [
    AttachmentChips,
    CdkTextareaAutosize,
    ComposerHints,
    ContextRing,
    DropZone,
    Icon,
    MatTooltip,
  ],
  providers: [LargePaste],
  templateUrl: './composer.html',
  styleUrl: './composer.scss',
})
export class Composer {
  /** A question is to be sent. */
  readonly sent = output<SentQuestion>();

  protected readonly attachments = inject(ComposerAttachments);
  protected readonly check = inject(QuestionCheck);
  protected readonly conversation = inject(ConversationStore);
  protected readonly draft = inject(Draft);
  protected readonly i18n = inject(I18n);
  protected readonly settings = inject(ChatSettings);
  protected readonly viewport = inject(Viewport);
  private readonly largePaste = inject(LargePaste);
  private readonly limits = inject(UploadLimits);
  private readonly preferences = inject(ChatPreferences);
  private readonly injector = inject(Injector);
  private readonly field = viewChild.required<ElementRef<HTMLTextAreaElement>>('field');
  private readonly settingsButton =
    viewChild.required<ElementRef<HTMLButtonElement>>('settingsButton');
  private readonly autosize = viewChild.required(CdkTextareaAutosize);

  protected readonly text = computed(() => this.i18n.text().chat);
  protected readonly words = computed(() => this.i18n.text().composer);
  protected readonly pasted = this.largePaste.offered;
  protected readonly placeholder = computed(() =>
    this.conversation.isEmpty() ? this.text().placeholder : this.text().placeholderFollowUp,
  );
  protected readonly isEnterNewline = computed(
    () => this.viewport.isTouch() || this.preferences.isEnterNewline(),
  );
  /** A temporary chat leaves nothing behind, and files are kept by the server. */
  protected readonly canAttach = computed(() => !this.conversation.isTemporary());
  protected readonly accepted = computed(() =>
    (this.limits.limits()?.extensions ?? []).map((extension) => `.${extension}`).join(','),
  );
  protected readonly ring = computed(() => {
    const percent = this.check.contextPercent() ?? 0;
    return percent >= RING_FROM_PERCENT ? percent : null;
  });
  /** What has to be known of the models wherever they are chosen. */
  protected readonly notices = computed(() => [
    ...new Set(this.check.asked().flatMap(({ notice }) => notice ?? [])),
  ]);
  /** Somebody wanted to send, and files are still on their way. */
  protected readonly waitingFor = computed(() => {
    if (this.isPromised() && this.check.isEarly()) return this.words().early;
    if (this.attachments.isUploading() && this.isWanted()) return this.words().uploading;
    const hasFailed = this.attachments.items().some(({ state }) => state === 'failed');
    return hasFailed && this.check.isSomething() ? this.words().hasFailed : '';
  });
  protected readonly estimate = computed(() => {
    const cost = this.check.estimate();
    if (cost === null) return null;
    const coins = coinsText(String(cost), this.i18n.language());
    const { estimate, estimateOfTwo, estimateSpoken } = this.words();
    const short = this.check.asked().length > 1 ? estimateOfTwo(coins) : estimate(coins);
    return { short, spoken: estimateSpoken(coins) };
  });
  private readonly isWanted = signal(false);
  /** Sent before it could be: it goes as soon as it can, unless it is changed meanwhile. */
  protected readonly isPromised = linkedSignal({
    source: this.draft.of,
    computation: () => false,
  });

  constructor() {
    void this.limits.load();
    inject(Shortcuts).bind({
      chatSettings: () => this.settings.toggle(this.settingsButton().nativeElement),
    });
    effect(() => {
      if (!this.isPromised() || this.check.isEarly() || this.check.asked().length === 0) return;
      untracked(() => this.send());
    });
    // Not a binding: a text that is sent before it was ever rendered must leave the field as well,
    // and the text of another conversation be there with its place, not with the next drawing.
    const destroyed = inject(DestroyRef);
    afterNextRender(() => destroyed.onDestroy(this.draft.onShown((text) => this.show(text))));
    effect(() => {
      this.show(this.draft.text());
      afterNextRender(() => this.autosize().resizeToFitContent(true), { injector: this.injector });
    });
  }

  /** Puts the caret at the end of the field. */
  focus(): void {
    const field = this.field().nativeElement;
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
  }

  protected submit(event: Event): void {
    event.preventDefault();
    if (this.check.isEarly()) this.isPromised.set(this.check.isSomething());
    else this.send();
  }

  protected stop(): void {
    this.conversation.stop();
    this.focus();
  }

  protected write(text: string): void {
    this.isWanted.set(false);
    this.isPromised.set(false);
    this.draft.set(text);
  }

  protected attach(files: File[]): void {
    void this.attachments.add(files);
    this.focus();
  }

  protected pick(picker: HTMLInputElement): void {
    const files = [...(picker.files ?? [])];
    // The same file may be picked again after it was removed.
    picker.value = '';
    if (files.length > 0) this.attach(files);
  }

  protected onPaste(event: ClipboardEvent): void {
    const files = [...(event.clipboardData?.files ?? [])];
    const text = event.clipboardData?.getData('text/plain') ?? '';
    // Office programs give a picture of what they copy along with its text.
    if (files.length > 0 && text === '') {
      event.preventDefault();
      if (this.canAttach()) this.attach(files);
    } else if (this.canAttach()) this.largePaste.note(text);
  }

  protected attachPasted(): void {
    this.largePaste.attach();
    this.focus();
  }

  protected keepPasted(): void {
    this.largePaste.end();
    this.focus();
  }

  /** Enter sends; with Shift, on glass, if so preferred, or while composing it does not. */
  protected onKey(event: KeyboardEvent): void {
    const { key, shiftKey, ctrlKey, metaKey, isComposing, keyCode } = event;
    if (key !== 'Enter' || isComposing || keyCode === 229) return;
    const isSend = ctrlKey || metaKey || (!shiftKey && !this.isEnterNewline());
    if (isSend) this.submit(event);
  }

  /** What stands there already is not written again, which would move the caret. */
  private show(text: string): void {
    const field = this.field().nativeElement;
    if (field.value !== text) field.value = text;
  }

  private send(): void {
    this.isPromised.set(false);
    this.isWanted.set(this.check.isSomething());
    if (!this.check.canSend()) return;
    this.isWanted.set(false);
    this.largePaste.end();
    this.sent.emit({ content: this.draft.text(), attachments: this.attachments.ready() });
  }

  /** The whole card is the field, but for what can be used or selected in it. */
  protected focusField(event: Event): void {
    if (!(event.target instanceof Element)) return;
    if (event.target.closest('button, textarea, input, app-attachment-chips')) return;
    event.preventDefault();
    this.field().nativeElement.focus();
  }
}
