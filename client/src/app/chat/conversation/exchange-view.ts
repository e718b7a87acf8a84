import { Component, computed, inject, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';

import { I18n } from '../../core/i18n/i18n';
import { Icon } from '../../ui/icon/icon';
import { AnswerView } from '../answers/answer-view';
import { AnswerColumns } from './answer-columns';
import { ConversationStore } from './conversation-store';
import { type Exchange } from './exchange';
import { QuestionView } from './question-view';
import { TurnActions } from './turn-actions';

/** A question as a bubble on the right, what came of it below as plain text. */
@Component({
  selector: 'app-exchange',
  imports: [AnswerColumns, AnswerView, Icon, MatButton, QuestionView],
  template: `
    @let own = exchange();
    @if (own.question; as question) {
      <app-question-view [question]="question" [isLast]="isLast()" />
    }
    @if (isCompared()) {
      <app-answer-columns [exchange]="own" [isLast]="isLast()" (switchModel)="switchModel.emit()" />
    } @else if (own.shown; as answer) {
      <app-answer-view
        [answer]="answer"
        [exchange]="own"
        [isLast]="isLast()"
        (switchModel)="switchModel.emit()"
        (startNew)="startNew.emit()"
      />
    } @else if (canAnswer()) {
      <p>
        <button matButton="tonal" type="button" (click)="actions.again(own)">
          <app-icon name="refresh" matButtonIcon />
          {{ text().regenerate }}
        </button>
      </p>
    }
  `,
  styleUrl: './exchange-view.scss',
  host: {
    '[attr.data-turns]': 'exchange().key',
    '[class.is-last]': 'isLast()',
    '[class.is-wide]': 'isCompared()',
    '[class.is-editing]': 'isEditing()',
  },
})
export class ExchangeView {
  readonly exchange = input.required<Exchange>();
  readonly isLast = input(false);
  readonly switchModel = output<void>();
  readonly startNew = output<void>();

  protected readonly actions = inject(TurnActions);
  private readonly conversation = inject(ConversationStore);
  private readonly i18n = inject(I18n);

  protected readonly text = computed(() => this.i18n.text().chat);

  protected readonly isCompared = computed(() => this.exchange().answers.length > 1);
  /** Its answers were deleted: another may be asked for. */
  protected readonly canAnswer = computed(
    () => this.isLast() && this.exchange().question?.isKept() && !this.conversation.isAnswering(),
  );
  protected readonly isEditing = computed(
    () => this.actions.editing() !== null && this.actions.editing() === this.exchange().question,
  );
}
