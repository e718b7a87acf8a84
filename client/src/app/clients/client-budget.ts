import { Component, computed, inject, input, resource } from '@angular/core';

import { ConsoleText } from '../console/console-text';
import { ApiClient } from '../core/api/api-client';
import { type Budget } from '../core/api/schema';
import { I18n } from '../core/i18n/i18n';
import { coinsText } from '../ui/amount-text';
import { BudgetBar } from '../ui/budget-bar';
import { keepShown } from '../ui/page/keep-shown';
import { Region } from '../ui/page/region';

/** What a client may spend. */
@Component({
  selector: 'app-client-budget',
  imports: [BudgetBar, Region],
  template: `
    <app-region [of]="budgets" skeleton="text">
      <ng-template>
        <ul>
          @for (budget of budgets.value(); track budget.unit + budget.model) {
            <li class="card">
              <strong>{{ nameOf(budget) }}</strong>
              <app-budget-bar
                [kind]="budget.kind"
                [available]="budget.available"
                [max]="budget.max"
                [label]="nameOf(budget)"
              />
              <dl class="wide">
                <dt>{{ text().from }}</dt>
                <dd>{{ budget.source }}</dd>
                @if (budget.kind === 'limited') {
                  <dt>{{ text().held }}</dt>
                  <dd>{{ amount(budget.held) }}</dd>
                  <dt>{{ text().refresh }}</dt>
                  <dd>{{ text().perHour(amount(budget.refresh)) }}</dd>
                  @if (budget.nextRefreshAt !== null) {
                    <dt>{{ text().nextRefresh }}</dt>
                    <dd>
                      {{
                        text().nextAt(
                          amount(budget.nextRefreshAmount ?? '0'),
                          i18n.dateAndTime(budget.nextRefreshAt)
                        )
                      }}
                    </dd>
                  }
                }
              </dl>
            </li>
          } @empty {
            <li class="quiet">{{ text().noBudgets }}</li>
          }
        </ul>
      </ng-template>
    </app-region>
  `,
  styleUrl: '../ui/part.scss',
})
export class ClientBudget {
  readonly clientId = input.required<string>();

  protected readonly i18n = inject(I18n);
  private readonly api = inject(ApiClient);
  private readonly messages = inject(ConsoleText);
  protected readonly text = computed(() => this.messages.text().clients);
  private readonly words = computed(() => this.messages.text().words);
  protected readonly budgets = keepShown(
    resource({
      params: () => this.clientId(),
      loader: ({ params: id }) => this.api.get<Budget[]>(`/api/clients/${id}/budgets`),
    }),
  );

  protected nameOf({ unit, model }: Budget): string {
    return this.text().poolOf(this.words()[unit], model ?? this.text().allModels);
  }

  protected amount(text: string): string {
    return coinsText(text, this.i18n.locale());
  }
}
