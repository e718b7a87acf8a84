import { Component, computed, inject, input, linkedSignal, output } from '@angular/core';

import { I18n } from '../../core/i18n/i18n';
import { Viewport } from '../../core/layout/viewport';
import { Icon } from '../../ui/icon/icon';
import { type Answer } from '../answers/answer';
import { AnswerView } from '../answers/answer-view';
import { ConversationStore } from './conversation-store';
import { type Exchange } from './exchange';
import { TurnActions } from './turn-actions';

/** Answers to one question side by side; where there is no room, one behind the other as tabs. */
@Component({
  selector: 'app-answer-columns',
  imports: [AnswerView, Icon],
  templateUrl: './answer-columns.html',
  styleUrl: './answer-columns.scss',
})
export class AnswerColumns {
  readonly exchange = input.required<Exchange>();
  readonly isLast = input(false);
  readonly switchModel = output<void>();

  protected readonly viewport = inject(Viewport);
  protected readonly conversation = inject(ConversationStore);
  protected readonly actions = inject(TurnActions);
  private readonly i18n = inject(I18n);

  protected readonly text = computed(() => this.i18n.text().chat);
  protected readonly answers = computed(() => this.exchange().answers);
  /** Which tab is open; at first, that of the answer the conversation goes on from. */
  protected readonly open = linkedSignal<readonly Answer[], number>({
    source: this.answers,
    computation: (answers, previous) =>
      previous?.value ?? Math.max(0, answers.indexOf(this.exchange().shown as Answer)),
  });
  protected readonly visible = computed(() => {
    const answers = this.answers();
    return this.viewport.hasPanel() ? answers : answers.slice(this.open(), this.open() + 1);
  });
  protected readonly prefix = `compared-${++groups}`;

  /** Arrow keys walk through the tabs, as they do in every list of tabs. */
  protected onKey(event: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined || event.altKey) return;
    event.preventDefault();
    const count = this.answers().length;
    this.open.update((index) => (index + step + count) % count);
    const tabs = (event.currentTarget as HTMLElement).parentElement?.children;
    (tabs?.item(this.open()) as HTMLElement | null)?.focus();
  }
}

let groups = 0;
