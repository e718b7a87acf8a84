import { Component, computed, inject, input, resource } from '@angular/core';

import { ConsoleText } from '../console/console-text';
import { ApiClient } from '../core/api/api-client';
import { type OwnUsage } from '../core/api/schema';
import { I18n } from '../core/i18n/i18n';
import { coinsText } from '../ui/amount-text';
import { keepShown } from '../ui/page/keep-shown';
import { Region } from '../ui/page/region';
import { DataTable } from '../ui/table/data-table';

/** What a client used in the last 30 days. */
@Component({
  selector: 'app-client-usage',
  imports: [DataTable, Region],
  template: `
    <app-region [of]="usage" skeleton="text">
      <ng-template>
        @let found = usage.value();
        @if (found.totals.requests === 0) {
          <p class="quiet">{{ text().noUsage }}</p>
        } @else {
          <dl class="figures">
            <div>
              <dt>{{ text().requests }}</dt>
              <dd>{{ i18n.number(found.totals.requests) }}</dd>
            </div>
            <div>
              <dt>{{ text().tokens }}</dt>
              <dd>{{ i18n.number(found.totals.promptTokens + found.totals.completionTokens) }}</dd>
            </div>
            <div>
              <dt>{{ text().spent }}</dt>
              <dd>{{ coins(found.totals.cost) }}</dd>
            </div>
            <div>
              <dt>{{ text().errors }}</dt>
              <dd>{{ i18n.number(found.totals.errors) }}</dd>
            </div>
          </dl>
          <table appDataTable>
            <caption class="sr-only">
              {{
                text().byModel
              }}
            </caption>
            <thead>
              <tr>
                <th scope="col">{{ text().model }}</th>
                <th scope="col" class="number">{{ text().requests }}</th>
                <th scope="col" class="number">{{ text().tokens }}</th>
                <th scope="col" class="number">{{ text().spent }}</th>
              </tr>
            </thead>
            <tbody>
              @for (row of found.items; track row.key) {
                <tr>
                  <th scope="row">{{ row.key }}</th>
                  <td class="number" [attr.data-label]="text().requests">
                    {{ i18n.number(row.requests) }}
                  </td>
                  <td class="number" [attr.data-label]="text().tokens">
                    {{ i18n.number(row.promptTokens + row.completionTokens) }}
                  </td>
                  <td class="number" [attr.data-label]="text().spent">{{ coins(row.cost) }}</td>
                </tr>
              }
            </tbody>
          </table>
        }
      </ng-template>
    </app-region>
  `,
  styleUrl: '../ui/part.scss',
})
export class ClientUsage {
  readonly clientId = input.required<string>();

  protected readonly i18n = inject(I18n);
  private readonly api = inject(ApiClient);
  private readonly messages = inject(ConsoleText);
  protected readonly text = computed(() => this.messages.text().clients);
  protected readonly usage = keepShown(
    resource({
      params: () => this.clientId(),
      loader: ({ params: id }) =>
        this.api.get<OwnUsage>(`/api/clients/${id}/usage?period=30d&by=model`),
    }),
  );

  protected coins(amount: string): string {
    return coinsText(amount, this.i18n.locale());
  }
}
