import { Component, ElementRef, computed, inject, input, viewChild } from '@angular/core';
import { MatIconButton } from '@angular/material/button';
import { MatMenu, MatMenuContent, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { MatTooltip } from '@angular/material/tooltip';

import { I18n } from '../../core/i18n/i18n';
import { AnchoredDialogs } from '../../ui/anchored-dialogs';
import { CopyButton } from '../../ui/copy-button';
import { Icon } from '../../ui/icon/icon';
import { BranchSwitcher } from '../conversation/branch-switcher';
import { coinsText } from '../conversation/coins';
import { ConversationStore } from '../conversation/conversation-store';
import { type Exchange } from '../conversation/exchange';
import { TurnActions } from '../conversation/turn-actions';
import { ChatModels } from '../models/chat-models';
import { fewModels } from '../models/model-choices';
import { ModelPickers } from '../models/model-pickers';
import { type Answer } from './answer';

/** What one can do with an answer, and what it took. */
@Component({
  selector: 'app-answer-actions',
  imports: [
    BranchSwitcher,
    CopyButton,
    Icon,
    MatIconButton,
    MatMenu,
    MatMenuContent,
    MatMenuItem,
    MatMenuTrigger,
    MatTooltip,
  ],
  templateUrl: './answer-actions.html',
  styleUrl: './answer-actions.scss',
})
export class AnswerActions {
  readonly answer = input.required<Answer>();
  readonly exchange = input<Exchange | null>(null);
  /** It is the last of the conversation, which can go on from it. */
  readonly isLast = input(false);

  protected readonly conversation = inject(ConversationStore);
  protected readonly actions = inject(TurnActions);
  private readonly models = inject(ChatModels);
  private readonly pickers = inject(ModelPickers);
  private readonly dialogs = inject(AnchoredDialogs);
  private readonly i18n = inject(I18n);
  private readonly anew = viewChild.required<unknown, ElementRef<HTMLElement>>('anew', {
    read: ElementRef,
  });
  private readonly meta = viewChild.required<ElementRef<HTMLElement>>('meta');

  protected readonly text = computed(() => this.i18n.text().chat);
  protected readonly isKept = computed(
    () => !this.conversation.isTemporary() && this.answer().id() !== null,
  );
  protected readonly isCompared = computed(() => (this.exchange()?.answers.length ?? 0) > 1);
  /**
   * Earlier turns do not ask whether something is being written: in a long conversation all of them
   * would be drawn anew each time. `TurnActions` says so when it is too early.
   */
  protected readonly canAnswerAgain = computed(
    () =>
      (this.exchange()?.question ?? null) !== null &&
      !(this.isLast() && this.conversation.isAnswering()),
  );
  protected readonly canGoOn = computed(
    () =>
      this.isLast() && this.isKept() && this.answer().isCut() && !this.conversation.isAnswering(),
  );
  /** Models that could answer instead. */
  protected readonly others = computed(() => {
    const all = this.models.models().filter((model) => model.status !== 'down');
    return all.filter((model) => model.id !== this.answer().modelId);
  });
  /** Those the menu shows: one of all models would cover its button, and a second press choose. */
  protected readonly few = computed(() =>
    fewModels(this.others(), [this.models.selected()?.id ?? null, this.models.defaultId()]),
  );
  protected readonly branches = computed(() => {
    const ids = this.answer().siblingIds();
    if (this.conversation.isTemporary()) return [];
    // What stands side by side is seen already.
    const beside = this.exchange()?.answers.length ?? 1;
    if (this.isCompared()) return ids.length > beside ? ids : [];
    return ids.length > 1 || (this.answer().id() === null && ids.length > 0) ? ids : [];
  });

  /** Tokens, coins and speed, as far as they are known. */
  protected readonly summary = computed(() => {
    const metrics = this.answer().metrics();
    const speed = this.answer().tokensPerSecond();
    const count = (metrics?.promptTokens ?? 0) + (metrics?.completionTokens ?? 0);
    const cost = metrics?.cost ?? null;
    const parts = [
      count === 0 ? '' : this.text().tokens(count),
      cost === null || Number(cost) === 0
        ? ''
        : this.text().coins(coinsText(cost, this.i18n.language())),
      speed === null ? '' : this.text().speed(Math.round(speed)),
    ];
    return parts.filter((part) => part !== '').join(' · ');
  });

  protected again(modelId: string): void {
    const exchange = this.exchange();
    if (exchange !== null) this.actions.again(exchange, modelId);
  }

  protected async againWithAnother(): Promise<void> {
    const origin = this.anew().nativeElement;
    const data = { otherThan: this.answer().modelId, chosen: null };
    const label = this.text().regenerateWith;
    const model = await this.pickers.pick({ origin, label, align: 'start', data });
    if (model !== null) this.again(model.id);
  }

  protected async showDetails(): Promise<void> {
    const { AnswerDetails } = await import('./answer-details');
    this.dialogs.open(AnswerDetails, {
      origin: this.meta().nativeElement,
      label: this.text().details.title,
      align: 'start',
      data: this.answer(),
    });
  }
}
