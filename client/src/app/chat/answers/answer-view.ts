import { Component, computed, inject, input, output } from '@angular/core';

import { I18n } from '../../core/i18n/i18n';
import { Icon } from '../../ui/icon/icon';
import { Markdown } from '../../ui/markdown/markdown';
import { type Answer } from './answer';
import { AnswerActions } from './answer-actions';
import { AnswerFailure } from './answer-failure';
import { Reasoning } from './reasoning';
import { Waiting } from './waiting';

/** What a model says, in whatever state it is. */
@Component({
  selector: 'app-answer-view',
  imports: [AnswerActions, AnswerFailure, Icon, Markdown, Reasoning, Waiting],
  templateUrl: './answer-view.html',
  styleUrl: './answer-view.scss',
})
export class AnswerView {
  readonly answer = input.required<Answer>();
  readonly isLast = input(false);
  readonly canRetry = input(true);
  readonly again = output<void>();
  readonly switchModel = output<void>();
  readonly startNew = output<void>();

  private readonly i18n = inject(I18n);

  protected readonly text = computed(() => this.i18n.text().chat);
  protected readonly hasActions = computed(() => {
    const answer = this.answer();
    return !answer.isRunning() && answer.state() !== 'failed';
  });

  /** Why the text ends where it does, if it is not simply complete. */
  protected readonly note = computed(() => {
    const answer = this.answer();
    if (answer.state() === 'stopped') return this.text().stopped;
    if (answer.state() !== 'done') return null;
    if (answer.finishReason() === 'length') return this.text().cutOff;
    if (answer.finishReason() === 'content_filter') return this.text().filtered;
    return answer.hasWords() ? null : this.text().empty;
  });
}
