import { Component, computed, inject, input } from '@angular/core';
import { MatTooltip } from '@angular/material/tooltip';

import { type Budget } from '../core/api/schema';
import { Budgets, isUsedUp } from '../core/budgets/budgets';
import { I18n } from '../core/i18n/i18n';
import { Now } from '../core/time/now';
import { refillText, shareLeft } from './budget-text';

/** More are for single models; they are told where the model is chosen. */
const MOST_SHOWN = 2;
/** Below this part it is getting scarce. */
const LOW = 0.2;

interface Meter {
  key: string;
  label: string;
  /** Null: there is no limit to show a part of. */
  share: number | null;
  max: number;
  left: number;
  amount: string;
  /** The same in a sentence. */
  spoken: string;
  note: string;
  isLow: boolean;
}

/** What one may still spend, always in sight. */
@Component({
  selector: 'app-budget-meter',
  imports: [MatTooltip],
  templateUrl: './budget-meter.html',
  styleUrl: './budget-meter.scss',
  host: { '[class.is-rail]': 'isRail()' },
})
export class BudgetMeter {
  readonly isRail = input(false);

  private readonly budgets = inject(Budgets);
  private readonly now = inject(Now);
  private readonly i18n = inject(I18n);

  protected readonly text = computed(() => this.i18n.text().shell.budget);
  protected readonly meters = computed(() => {
    const all = this.budgets.budgets();
    const general = all.filter(({ model }) => model === null);
    const shown = general.length > 0 ? general : all;
    return shown.slice(0, this.isRail() ? 1 : MOST_SHOWN).map((budget) => this.meterOf(budget));
  });

  private readonly coins = computed(
    () =>
      new Intl.NumberFormat(this.i18n.locale(), {
        minimumFractionDigits: 2,
        maximumFractionDigits: 2,
      }),
  );

  private meterOf(budget: Budget): Meter {
    const text = this.text();
    const number = (value: number) => this.i18n.number(value);
    // Always two decimals, so that the number stands still while it is spent.
    const balance = (value: number) =>
      budget.unit === 'coins' ? this.coins().format(value) : number(value);
    const [left, max] = [Number(budget.balance), Number(budget.max)];
    const plain = {
      key: `${budget.unit} ${budget.model ?? ''}`,
      label: budget.model ?? text.labels[budget.unit],
      max,
      left: Math.min(Math.max(left, 0), max),
    };
    if (budget.kind !== 'limited') {
      const word = text[budget.kind];
      return { ...plain, share: null, amount: word, spoken: word, note: '', isLow: false };
    }
    const share = shareLeft(budget);
    return {
      ...plain,
      share,
      amount: text.amount(balance(left), number(max)),
      spoken: text.left(balance(left), number(max), text.units[budget.unit]),
      note: refillText(budget, this.now.ms(), { texts: text, number }),
      isLow: isUsedUp(budget) || share < LOW,
    };
  }
}
