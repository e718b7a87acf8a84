import { Component, computed, inject, input, output } from '@angular/core';

import { I18n } from '../../core/i18n/i18n';
import { Icon } from '../../ui/icon/icon';
import { Markdown } from '../../ui/markdown/markdown';
import { Draft } from '../composer/draft';
import { ConversationImages } from '../conversation/conversation-images';
import { type Exchange } from '../conversation/exchange';
import { TurnActions } from '../conversation/turn-actions';
import { ChatPreferences } from '../settings/chat-preferences';
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
  /** With the question it answers; null: nothing can be done with it. */
  readonly exchange = input<Exchange | null>(null);
  readonly isLast = input(false);
  readonly switchModel = output<void>();
  readonly startNew = output<void>();

  private readonly actions = inject(TurnActions);
  private readonly preferences = inject(ChatPreferences);
  private readonly draft = inject(Draft);
  private readonly images = inject(ConversationImages);
  protected readonly i18n = inject(I18n);

  protected readonly text = computed(() => this.i18n.text().chat);
  /** Somebody wants to read it in one piece, when it is complete. */
  protected readonly isHeldBack = computed(
    () => this.answer().isRunning() && this.preferences.isShownWhenComplete(),
  );
  protected readonly isWaiting = computed(
    () => this.answer().state() === 'waiting' || this.isHeldBack(),
  );
  protected readonly hasActions = computed(() => {
    const answer = this.answer();
    const branches = answer.siblingIds().length + (answer.id() === null ? 1 : 0);
    return !answer.isRunning() && (answer.state() !== 'failed' || branches > 1);
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
  /** Images went before it that its model was not shown. */
  protected readonly isBlind = computed(
    () => !this.isWaiting() && this.images.areUnseenBy(this.answer(), this.exchange()),
  );
  /** Why there is no answer, or none to the end. */
  protected readonly failure = computed(() => {
    const answer = this.answer();
    return answer.isRunning() ? null : answer.failure();
  });
  /** What could not be sent is in the field again. */
  protected readonly isRestored = computed(() => {
    const question = this.exchange()?.question ?? null;
    return question !== null && !question.isKept() && question.content === this.draft.text();
  });

  protected again(): void {
    const exchange = this.exchange();
    if (exchange !== null) this.actions.again(exchange);
  }
}
