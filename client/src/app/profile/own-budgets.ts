import { Component, computed, inject, resource, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';

import { ConsoleText } from '../console/console-text';
import { ApiClient } from '../core/api/api-client';
import { type Budget } from '../core/api/schema';
import { I18n } from '../core/i18n/i18n';
import { coinsText, isFull } from '../ui/amount-text';
import { Region } from '../ui/page/region';
import { OwnLedger } from './own-ledger';

/** What one may spend: each pool as it stands, when more comes, and what happened to it. */
@Component({
  selector: 'app-own-budgets',
  imports: [MatButton, OwnLedger, Region],
  template: `
    <app-region [of]="budgets" skeleton="text">
      <ng-template>
        @for (budget of list(); track $index) {
          <div class="pool">
            <h3>{{ nameOf(budget) }}</h3>
            @switch (budget.kind) {
              @case ('unlimited') {
                <p>{{ text().pool.unlimited }}</p>
              }
              @case ('blocked') {
                <p>{{ text().pool.blocked }}</p>
              }
              @default {
                <p class="left">{{ leftOf(budget) }}</p>
                <div
                  class="meter"
                  role="meter"
                  aria-valuemin="0"
                  [attr.aria-valuemax]="budget.max"
                  [attr.aria-valuenow]="budget.available"
                  [attr.aria-valuetext]="leftOf(budget)"
                  [attr.aria-label]="nameOf(budget)"
                >
                  <span [style.inline-size.%]="percentOf(budget)"></span>
                </div>
                @if (isHeld(budget)) {
                  <p>{{ text().pool.held(amount(budget.held)) }}</p>
                }
                <p>{{ refreshOf(budget) }}</p>
              }
            }
            <p>{{ text().pool.source(budget.source) }}</p>
            @if (budget.poolId; as poolId) {
              <button
                matButton
                type="button"
                [attr.aria-expanded]="opened() === poolId"
                [attr.aria-label]="text().pool.showLedger(nameOf(budget))"
                (click)="opened.set(opened() === poolId ? null : poolId)"
              >
                {{ text().pool.ledger }}
              </button>
              @if (opened() === poolId) {
                <app-own-ledger [poolId]="poolId" [name]="nameOf(budget)" />
              }
            }
          </div>
        } @empty {
          <p>{{ text().noBudget }}</p>
        }
      </ng-template>
    </app-region>
  `,
  styleUrl: './own-budgets.scss',
})
export class OwnBudgets {
  protected readonly i18n = inject(I18n);
  private readonly api = inject(ApiClient);
  private readonly messages = inject(ConsoleText);

  protected readonly text = computed(() => this.messages.text().profile);
  /** The pool whose ledger is shown. */
  protected readonly opened = signal<string | null>(null);
  protected readonly budgets = resource({
    loader: () => this.api.get<Budget[]>('/api/me/budgets'),
  });
  protected readonly list = computed(() => (this.budgets.hasValue() ? this.budgets.value() : []));

  protected nameOf({ unit, model }: Budget): string {
    const { pool } = this.text();
    return model === null ? pool[unit] : pool.forModel(pool[unit], model);
  }

  protected amount(text: string): string {
    return coinsText(text, this.i18n.locale());
  }

  protected leftOf({ available, max }: Budget): string {
    return this.text().pool.left(this.amount(available), this.amount(max));
  }

  protected percentOf({ available, max }: Budget): number {
    return Math.min(100, Math.max(0, (Number(available) / Number(max)) * 100));
  }

  protected isHeld({ held }: Budget): boolean {
    return Number(held) > 0;
  }

  protected refreshOf(budget: Budget): string {
    const { nextRefreshAt, nextRefreshAmount, refresh } = budget;
    const { next, full, noRefresh } = this.text().pool;
    // What was spent by a small question comes back as so little that nobody could read it.
    if (nextRefreshAt === null || isFull(budget)) {
      return Number(refresh) > 0 ? full : noRefresh;
    }
    return next(this.amount(nextRefreshAmount ?? '0'), this.i18n.dateAndTime(nextRefreshAt));
  }
}
