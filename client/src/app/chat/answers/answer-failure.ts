import { Component, DestroyRef, computed, inject, input, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';

import { I18n } from '../../core/i18n/i18n';
import { Icon } from '../../ui/icon/icon';
import { BudgetCard } from '../composer/budget-card';
import { ChatModels } from '../models/chat-models';
import { type ChatFailure, RETRYABLE, SWITCHABLE } from './chat-failure';

/** Why there is no answer, or none to the end, and what one can do about it. */
@Component({
  selector: 'app-answer-failure',
  imports: [BudgetCard, Icon, MatButton],
  templateUrl: './answer-failure.html',
  styleUrl: './answer-failure.scss',
})
export class AnswerFailure {
  readonly failure = input.required<ChatFailure>();
  /** Part of the answer had come. */
  readonly isInterruption = input(false);
  /** It is the last of the conversation: only then one can act on it. */
  readonly isCurrent = input(false);
  /** The question is back in the field. */
  readonly isRestored = input(false);
  readonly again = output<void>();
  readonly switchModel = output<void>();
  readonly startNew = output<void>();

  protected readonly i18n = inject(I18n);
  private readonly models = inject(ChatModels);
  private readonly now = signal(Date.now());

  protected readonly text = computed(() => this.i18n.text().chat);
  /** What had begun only broke off; refusals of going on are told as what they are. */
  protected readonly isBrokenOff = computed(
    () => this.isInterruption() && RETRYABLE.includes(this.failure().kind),
  );
  protected readonly canRetry = computed(
    () => this.isInterruption() || RETRYABLE.includes(this.failure().kind),
  );
  protected readonly canSwitch = computed(() => SWITCHABLE.includes(this.failure().kind));
  protected readonly secondsLeft = computed(() => {
    const { retryAt } = this.failure();
    return retryAt === null ? 0 : Math.max(0, Math.ceil((retryAt - this.now()) / 1000));
  });

  constructor() {
    const timer = setInterval(() => this.now.set(Date.now()), 500);
    inject(DestroyRef).onDestroy(() => clearInterval(timer));
  }

  /** What is to be agreed to may be newer than the list of models. */
  protected async agree(): Promise<void> {
    await this.models.load();
    this.again.emit();
  }
}
