import { Component, computed, inject, input, linkedSignal, resource } from '@angular/core';

import { ConsoleText } from '../console/console-text';
import { ApiClient } from '../core/api/api-client';
import { type LedgerEntry, type LedgerPage } from '../core/api/schema';
import { I18n } from '../core/i18n/i18n';
import { coinsText } from '../ui/amount-text';
import { Region } from '../ui/page/region';
import { DataTable } from '../ui/table/data-table';
import { Pager } from '../ui/table/pager';

const ROWS = 10;

/** What changed one of one's own pools, page by page. */
@Component({
  selector: 'app-own-ledger',
  imports: [DataTable, Pager, Region],
  template: `
    <app-region [of]="entries">
      <ng-template>
        @let shown = entries.value();
        @if (shown?.total === 0) {
          <p>{{ text().empty }}</p>
        } @else if (shown) {
          <table appDataTable>
            <caption class="sr-only">
              {{
                text().caption(name())
              }}
            </caption>
            <thead>
              <tr>
                <th scope="col">{{ text().at }}</th>
                <th scope="col">{{ text().kind }}</th>
                <th scope="col" class="number">{{ text().amount }}</th>
              </tr>
            </thead>
            <tbody>
              @for (entry of shown.items; track entry.id) {
                <tr>
                  <td [attr.data-label]="text().at">{{ i18n.dateAndTime(entry.at) }}</td>
                  <td [attr.data-label]="text().kind">
                    {{ text().kinds[entry.kind] }}
                    @if (entry.reason; as reason) {
                      <br /><span class="reason">{{ reason }}</span>
                    }
                  </td>
                  <td class="number" [attr.data-label]="text().amount">{{ amountOf(entry) }}</td>
                </tr>
              }
            </tbody>
          </table>
          <app-pager
            [page]="page()"
            [pageSize]="pageSize"
            [total]="shown.total"
            (turned)="page.set($event)"
          />
        }
      </ng-template>
    </app-region>
  `,
  styles: `
    .reason {
      color: var(--mat-sys-on-surface-variant);
      overflow-wrap: anywhere;
    }
  `,
})
export class OwnLedger {
  readonly poolId = input.required<string>();
  /** What the pool is called. */
  readonly name = input.required<string>();

  protected readonly i18n = inject(I18n);
  private readonly api = inject(ApiClient);
  private readonly messages = inject(ConsoleText);

  protected readonly pageSize = ROWS;
  protected readonly text = computed(() => this.messages.text().profile.ledger);
  protected readonly page = linkedSignal({ source: this.poolId, computation: () => 1 });
  protected readonly entries = resource({
    params: () => ({ poolId: this.poolId(), page: this.page() }),
    loader: ({ params: { poolId, page } }) =>
      this.api.get<LedgerPage>(`/api/me/budgets/${poolId}/ledger?page=${page}&pageSize=${ROWS}`),
  });

  protected amountOf({ amount }: LedgerEntry): string {
    const sign = Number(amount) > 0 ? '+' : '';
    return `${sign}${coinsText(amount, this.i18n.locale())}`;
  }
}
