import { CdkTextareaAutosize } from '@angular/cdk/text-field';
import {
  Component,
  ElementRef,
  Injector,
  afterNextRender,
  computed,
  effect,
  inject,
  output,
  viewChild,
} from '@angular/core';
import { MatTooltip } from '@angular/material/tooltip';

import { I18n } from '../../core/i18n/i18n';
import { Viewport } from '../../core/layout/viewport';
import { Icon } from '../../ui/icon/icon';
import { ChatModels } from '../models/chat-models';
import { ConversationStore } from '../conversation/conversation-store';
import { Draft } from './draft';

/** The field one writes in, with Send, which is Stop while an answer is being written. */
@Component({
  selector: 'app-composer',
  imports: [CdkTextareaAutosize, Icon, MatTooltip],
  templateUrl: './composer.html',
  styleUrl: './composer.scss',
})
export class Composer {
  /** A question is to be sent. */
  readonly sent = output<string>();

  protected readonly draft = inject(Draft);
  protected readonly conversation = inject(ConversationStore);
  protected readonly viewport = inject(Viewport);
  private readonly models = inject(ChatModels);
  private readonly i18n = inject(I18n);
  private readonly injector = inject(Injector);
  private readonly field = viewChild.required<ElementRef<HTMLTextAreaElement>>('field');
  private readonly autosize = viewChild.required(CdkTextareaAutosize);

  protected readonly text = computed(() => this.i18n.text().chat);
  protected readonly placeholder = computed(() =>
    this.conversation.isEmpty() ? this.text().placeholder : this.text().placeholderFollowUp,
  );
  protected readonly canSend = computed(
    () =>
      this.draft.text().trim() !== '' &&
      this.models.selected() !== null &&
      !this.conversation.isAnswering(),
  );

  constructor() {
    // Not a binding: a text that is sent before it was ever rendered must leave the field as well.
    effect(() => {
      const field = this.field().nativeElement;
      const text = this.draft.text();
      if (field.value !== text) field.value = text;
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
    if (this.canSend()) this.sent.emit(this.draft.text());
  }

  protected stop(): void {
    this.conversation.stop();
    this.focus();
  }

  /** Enter sends; with Shift, on glass, or while characters are being composed it does not. */
  protected onKey(event: KeyboardEvent): void {
    const { key, shiftKey, ctrlKey, metaKey, isComposing, keyCode } = event;
    if (key !== 'Enter' || isComposing || keyCode === 229) return;
    const isSend = ctrlKey || metaKey || (!shiftKey && !this.viewport.isTouch());
    if (isSend) this.submit(event);
  }

  /** The whole card is the field, but for its buttons. */
  protected focusField(event: Event): void {
    if (!(event.target instanceof Element) || event.target.closest('button, textarea')) return;
    event.preventDefault();
    this.field().nativeElement.focus();
  }
}
