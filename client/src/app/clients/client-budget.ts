import { Component, computed, inject, input, resource } from '@angular/core';

import { ConsoleText } from '../console/console-text';
import { ApiClient } from '../core/api/api-client';
import { type Budget } from '../core/api/schema';
import { BudgetCard } from '../ui/budget-card';
import { keepShown } from '../ui/page/keep-shown';
import { Region } from '../ui/page/region';

/** What a client may spend. */
@Component({
  selector: 'app-client-budget',
  imports: [BudgetCard, Region],
  template: `
    <app-region [of]="budgets" skeleton="text">
      <ng-template>
        <ul>
          @for (budget of budgets.value(); track budget.unit + budget.model) {
            <li app-budget-card [budget]="budget"></li>
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

  private readonly api = inject(ApiClient);
  private readonly messages = inject(ConsoleText);
  protected readonly text = computed(() => this.messages.text().clients);
  protected readonly budgets = keepShown(
    resource({
      params: () => this.clientId(),
      loader: ({ params: id }) => this.api.get<Budget[]>(`/api/clients/${id}/budgets`),
    }),
  );
}
