import { Component, computed, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';

import { ConsoleText } from '../../console/console-text';
import { Icon } from '../../ui/icon/icon';
import { Page } from '../../ui/page/page';
import { UrlFilters } from '../../ui/page/url-filters';
import { RequestFilters } from '../../usage/requests/request-filters';
import { RequestsList } from '../../usage/requests/requests-list';
import { UsageAddress } from '../../usage/usage-address';
import { type UsageFilter, UsageFilters } from '../../usage/usage-filters';
import { UsageWords } from '../../usage/usage-words';
import { UsageOptions } from '../usage/usage-options';

const OWNERS = ['user', 'client'] as const;
const FILTERS = [
  'user',
  'client',
  'group',
  'model',
  'source',
  'key',
  'endpoint',
  'outcome',
  'status',
];

/** Everybody's requests, one by one: who, what, when and how it ended; no texts. */
@Component({
  imports: [Icon, MatButton, Page, RequestsList, UsageFilters],
  providers: [UrlFilters, UsageAddress, UsageOptions, RequestFilters],
  template: `
    <app-page [heading]="nav().requests" [isWide]="true">
      <a pageActions matButton="filled" download [href]="file()">
        <app-icon matButtonIcon name="download" />{{ words().export }}
      </a>
      <p class="note">{{ text().requests.note }}</p>
      <app-usage-filters [filters]="filters()" />
      <app-requests-list [address]="'/api/admin/usage/requests?' + query()" [isOfAll]="true" />
    </app-page>
  `,
  styles: `
    .note {
      margin: 0;
      color: var(--mat-sys-on-surface-variant);
      font: var(--mat-sys-body-medium);
    }
  `,
})
export class RequestsPage {
  private readonly url = inject(UrlFilters);
  private readonly address = inject(UsageAddress);
  private readonly options = inject(UsageOptions);
  private readonly ends = inject(RequestFilters);
  private readonly messages = inject(ConsoleText);
  protected readonly text = inject(UsageWords).text;
  protected readonly nav = computed(() => this.messages.text().nav);
  protected readonly words = computed(() => this.messages.text().words);
  protected readonly query = computed(() => this.address.query(FILTERS));
  protected readonly file = computed(
    () => `/api/admin/usage/export?${this.query()}&detail=requests`,
  );
  protected readonly filters = computed<UsageFilter[]>(() => [
    ...this.owner(),
    ...this.options.filters(),
    ...this.ends.filters(),
  ]);

  /** One person or client, chosen elsewhere: by an id, since there may be thousands. */
  private owner(): UsageFilter[] {
    const { filters, everybody } = this.text();
    return OWNERS.flatMap((name) => {
      const id = this.url.get(name);
      if (id === '') return [];
      const label = this.options.ownerName() || id.slice(0, 8);
      const options = [{ value: id, label: `${filters[name]}: ${label}` }];
      return { name, label: filters[name], all: everybody, options };
    });
  }
}
