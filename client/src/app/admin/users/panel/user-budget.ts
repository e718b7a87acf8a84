import { Component, computed, inject, input, output, resource, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';

import { ConsoleText } from '../../../console/console-text';
import { ApiClient } from '../../../core/api/api-client';
import { type AdminLedgerPage, type AdjustedPool, type Budget } from '../../../core/api/schema';
import { I18n } from '../../../core/i18n/i18n';
import { coinsText } from '../../../ui/amount-text';
import { BudgetCard } from '../../../ui/budget-card';
import { Dialogs } from '../../../ui/dialogs';
import { type FormDialogData } from '../../../ui/form/form-dialog';
import { keepShown } from '../../../ui/page/keep-shown';
import { Region } from '../../../ui/page/region';
import { Pager } from '../../../ui/table/pager';
import { Toast } from '../../../ui/toast';
import { isAmount, isChange } from '../amounts';
import { PeopleApi } from '../people-api';
import { UserOwnBudget } from './user-own-budget';

const ENTRIES = 10;

/** What somebody may spend: each pool, what changed it, and the ways to change it by hand. */
@Component({
  selector: 'app-user-budget',
  imports: [BudgetCard, MatButton, Pager, Region, UserOwnBudget],
  templateUrl: './user-budget.html',
  styleUrl: '../../../ui/part.scss',
})
export class UserBudget {
  readonly userId = input.required<string>();
  readonly email = input.required<string>();
  readonly mayChange = input.required<boolean>();
  readonly changed = output<void>();

  protected readonly i18n = inject(I18n);
  private readonly api = inject(ApiClient);
  private readonly people = inject(PeopleApi);
  private readonly dialogs = inject(Dialogs);
  private readonly toast = inject(Toast);
  private readonly messages = inject(ConsoleText);

  protected readonly text = computed(() => this.messages.text().people);
  protected readonly words = computed(() => this.messages.text().words);
  protected readonly budgets = keepShown(
    resource({
      params: () => this.userId(),
      loader: ({ params: id }) => this.people.budgetsOf(id),
    }),
  );
  /** The pool whose ledger is open. */
  protected readonly openPool = signal<string | null>(null);
  protected readonly ledgerPage = signal(1);
  protected readonly ledger = keepShown(
    resource({
      params: () => {
        const pool = this.openPool();
        return pool === null ? undefined : { pool, page: this.ledgerPage() };
      },
      loader: ({ params: { pool, page } }) =>
        this.api.get<AdminLedgerPage>(
          `/api/admin/budgets/pools/${pool}/ledger?page=${page}&pageSize=${ENTRIES}`,
        ),
    }),
  );

  protected nameOf({ unit, model }: Budget): string {
    return this.text().poolOf(this.words()[unit], model ?? this.text().allModels);
  }

  protected amount(text: string): string {
    return coinsText(text, this.i18n.locale());
  }

  protected reload(): void {
    this.budgets.reload();
    this.ledger.reload();
    this.changed.emit();
  }

  protected toggleLedger(poolId: string): void {
    this.ledgerPage.set(1);
    this.openPool.update((open) => (open === poolId ? null : poolId));
  }

  protected async change(verb: 'adjust' | 'gift' | 'reset', budget: Budget): Promise<void> {
    const poolId = budget.poolId!;
    const text = this.text();
    const reason = { name: 'reason', label: text.reason, hint: text.reasonHint, longest: 500 };
    const amount = {
      name: 'amount',
      label: text.amount,
      hint: verb === 'gift' ? text.giftHint : text.adjustHint,
      kind: 'amount' as const,
    };
    const isRight = verb === 'gift' ? isAmount : isChange;
    const data: FormDialogData<AdjustedPool> = {
      title: text.budgetActions[verb],
      text: this.nameOf(budget),
      action: text.budgetActions[verb],
      fields: verb === 'reset' ? [reason] : [amount, reason],
      check: (values): Record<string, string> =>
        verb === 'reset' || isRight(values['amount']!) ? {} : { amount: text.badAmount[verb] },
      submit: ({ amount: by = '', reason: why = '' }) =>
        verb === 'reset' ? this.people.reset(poolId, why) : this.people[verb](poolId, by, why),
    };
    const done = await this.dialogs.open<AdjustedPool>(
      () => import('../../../ui/form/form-dialog').then((file) => file.FormDialog),
      { data, width: '480px', autoFocus: 'input' },
    );
    if (done === undefined) return;
    this.reload();
    void this.toast.show(done.explanation);
  }
}
