import {
  Component,
  ElementRef,
  Injector,
  afterNextRender,
  afterRenderEffect,
  computed,
  inject,
  input,
  signal,
  viewChild,
} from '@angular/core';
import { MatIconButton } from '@angular/material/button';
import { MatTooltip } from '@angular/material/tooltip';

import { I18n } from '../../core/i18n/i18n';
import { CopyButton } from '../../ui/copy-button';
import { Icon } from '../../ui/icon/icon';
import { BranchSwitcher } from './branch-switcher';
import { ConversationStore } from './conversation-store';
import { type Question } from './exchange';
import { QuestionAttachments } from './question-attachments';
import { QuestionEditor } from './question-editor';
import { TurnActions } from './turn-actions';

/** A question as a bubble on the right, or the field in which it is worded anew. */
@Component({
  selector: 'app-question-view',
  imports: [
    BranchSwitcher,
    CopyButton,
    Icon,
    MatIconButton,
    MatTooltip,
    QuestionAttachments,
    QuestionEditor,
  ],
  templateUrl: './question-view.html',
  styleUrl: './question-view.scss',
})
export class QuestionView {
  readonly question = input.required<Question>();
  /** It is the last of the conversation. */
  readonly isLast = input(false);

  protected readonly conversation = inject(ConversationStore);
  protected readonly actions = inject(TurnActions);
  private readonly i18n = inject(I18n);
  private readonly injector = inject(Injector);
  private readonly element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly bubble = viewChild<ElementRef<HTMLElement>>('bubble');

  protected readonly text = computed(() => this.i18n.text().chat);
  protected readonly isEditing = computed(() => this.actions.editing() === this.question());
  /** Of earlier turns `TurnActions` says when it is too early; see there in `AnswerActions`. */
  protected readonly canChange = computed(
    () => !(this.isLast() && this.conversation.isAnswering()),
  );
  /** More than eight lines: it is folded until someone asks for all of it. */
  protected readonly isLong = signal(false);
  protected readonly isUnfolded = signal(false);
  protected readonly isFolded = computed(() => this.isLong() && !this.isUnfolded());

  constructor() {
    // All are measured together, after all are there: the page is laid out once.
    afterRenderEffect({
      read: () => {
        const bubble = this.bubble()?.nativeElement;
        if (bubble !== undefined) this.isLong.set(bubble.scrollHeight > MAX_HEIGHT + SLACK);
      },
    });
  }

  protected cancel(): void {
    this.actions.edit(null);
    afterNextRender(() => this.element.querySelector<HTMLElement>('.edit')?.focus(), {
      injector: this.injector,
    });
  }

  protected reword(content: string): void {
    this.actions.reword(this.question(), content);
    this.element.ownerDocument.getElementById('message')?.focus();
  }
}

/** Eight lines of 26 px and the bubble's padding; one line more is not worth a button. */
const MAX_HEIGHT = 8 * 26 + 20;
const SLACK = 26;
