import {
  Component,
  DOCUMENT,
  EnvironmentInjector,
  afterNextRender,
  computed,
  inject,
  input,
  output,
} from '@angular/core';
import { MatButton } from '@angular/material/button';

import { type ChatModel } from '../../core/api/schema';
import { Budgets } from '../../core/budgets/budgets';
import { I18n } from '../../core/i18n/i18n';
import { Icon } from '../../ui/icon/icon';
import { coinsText } from '../conversation/coins';
import { ChatModels } from '../models/chat-models';
import { emptyBudgetFor } from './affordable';
import { ticking, timeLeft } from './time-left';

/** More would be a list; the picker has it. */
const MOST_OFFERED = 3;

/** That the budget is used up: when there is more, and which models may be used until then. */
@Component({
  selector: 'app-budget-card',
  imports: [Icon, MatButton],
  templateUrl: './budget-card.html',
  styleUrl: './budget-card.scss',
})
export class BudgetCard {
  /** The server's own sentence, where it refused; empty: there is none. */
  readonly message = input('');
  /** A free model was chosen, and may be used. */
  readonly switched = output<ChatModel>();

  private readonly budgets = inject(Budgets);
  private readonly models = inject(ChatModels);
  private readonly i18n = inject(I18n);
  private readonly document = inject(DOCUMENT);
  private readonly injector = inject(EnvironmentInjector);
  private readonly now = ticking();

  protected readonly text = computed(() => this.i18n.text().composer.budget);
  protected readonly empty = computed(() => {
    const model = this.models.selected();
    const ofModel = model === null ? null : emptyBudgetFor(model, this.budgets.budgets());
    return ofModel ?? this.budgets.empty();
  });
  /** When there is more, in a sentence; empty where that is not known. */
  protected readonly next = computed(() => {
    const budget = this.empty() ?? this.budgets.coins();
    if (budget === null) return '';
    if (budget.kind === 'blocked') return this.text().blocked;
    const { nextRefreshAt, nextRefreshAmount, unit } = budget;
    if (nextRefreshAt === null) return this.empty() === null ? '' : this.text().none;
    const left = timeLeft(nextRefreshAt, this.now());
    if (left === null) return this.text().soon;
    const time = this.i18n.text().composer.duration(left.hours, left.minutes, left.seconds);
    const amount = coinsText(nextRefreshAmount ?? '0', this.i18n.language());
    const units = amount === '1' ? this.text().oneUnit : this.text().units;
    return this.text().next(amount, units[unit], time);
  });
  protected readonly offered = computed(() =>
    this.models
      .free()
      .filter((model) => emptyBudgetFor(model, this.budgets.budgets()) === null)
      .slice(0, MOST_OFFERED),
  );

  constructor() {
    void this.budgets.refresh();
  }

  protected async use(model: ChatModel): Promise<void> {
    if (!(await this.models.ensureAcknowledged(model))) return;
    this.models.choose(model.id);
    this.switched.emit(model);
    // The card goes, and with it the button that has the focus.
    afterNextRender(() => this.document.getElementById('message')?.focus(), {
      injector: this.injector,
    });
  }
}
