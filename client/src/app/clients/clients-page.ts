import { Component, computed, inject, input, resource } from '@angular/core';
import { Router, RouterLink } from '@angular/router';

import { ConsoleText } from '../console/console-text';
import { ApiClient } from '../core/api/api-client';
import { type ClientPage as Clients } from '../core/api/schema';
import { Badge } from '../ui/badge';
import { Notice } from '../ui/notice';
import { keepShown } from '../ui/page/keep-shown';
import { Page } from '../ui/page/page';
import { Region } from '../ui/page/region';
import { DataTable } from '../ui/table/data-table';
import { Pager } from '../ui/table/pager';

/** The clients that one manages. */
@Component({
  imports: [Badge, DataTable, Notice, Page, Pager, Region, RouterLink],
  template: `
    <app-page [heading]="nav().clients">
      <app-region [of]="clients">
        <ng-template>
          @let found = clients.value();
          @if (found.total === 0) {
            <app-notice icon="devices" [heading]="text().noneTitle" [text]="text().noneText" />
          } @else {
            <table appDataTable>
              <caption class="sr-only">
                {{
                  nav().clients
                }}
              </caption>
              <thead>
                <tr>
                  <th scope="col">{{ text().name }}</th>
                  <th scope="col">{{ text().owner }}</th>
                  <th scope="col">{{ text().status }}</th>
                </tr>
              </thead>
              <tbody>
                @for (client of found.items; track client.id) {
                  <tr>
                    <th scope="row">
                      <a [routerLink]="['/clients', client.id]">{{ client.name }}</a>
                      @if (client.description) {
                        <span class="description">{{ client.description }}</span>
                      }
                    </th>
                    <td [attr.data-label]="text().owner">
                      {{ client.owner?.email ?? text().noOwner }}
                    </td>
                    <td [attr.data-label]="text().status">
                      <app-badge [tone]="client.isEnabled ? 'good' : 'neutral'">
                        {{ client.isEnabled ? text().active : text().inactive }}
                      </app-badge>
                    </td>
                  </tr>
                }
              </tbody>
            </table>
            @if (found.total > found.pageSize) {
              <app-pager
                [page]="found.page"
                [pageSize]="found.pageSize"
                [total]="found.total"
                (turned)="turn($event)"
              />
            }
          }
        </ng-template>
      </app-region>
    </app-page>
  `,
  styles: `
    .description {
      display: block;
      color: var(--mat-sys-on-surface-variant);
      font: var(--mat-sys-body-small);
    }
  `,
})
export class ClientsPage {
  readonly page = input<string>();

  private readonly api = inject(ApiClient);
  private readonly router = inject(Router);
  private readonly messages = inject(ConsoleText);
  protected readonly text = computed(() => this.messages.text().clients);
  protected readonly nav = computed(() => this.messages.text().nav);
  protected readonly clients = keepShown(
    resource({
      params: () => this.page() ?? '1',
      loader: ({ params: page }) =>
        this.api.get<Clients>(`/api/clients?pageSize=50&page=${encodeURIComponent(page)}`),
    }),
  );

  protected turn(page: number): void {
    void this.router.navigate([], { queryParams: { page } });
  }
}
