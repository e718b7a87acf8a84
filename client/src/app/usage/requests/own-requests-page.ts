import { Component, computed, inject, resource } from '@angular/core';
import { MatButton } from '@angular/material/button';

import { ConsoleText } from '../../console/console-text';
import { ApiClient } from '../../core/api/api-client';
import { type OwnUsage } from '../../core/api/schema';
import { Icon } from '../../ui/icon/icon';
import { Page } from '../../ui/page/page';
import { UrlFilters } from '../../ui/page/url-filters';
import { UsageAddress } from '../usage-address';
import { type UsageFilter, UsageFilters } from '../usage-filters';
import { UsageWords } from '../usage-words';
import { RequestFilters } from './request-filters';
import { RequestsList } from './requests-list';

const FILTERS = ['model', 'source', 'key', 'outcome', 'status'];

/** One's own requests, one by one. */
@Component({
  imports: [Icon, MatButton, Page, RequestsList, UsageFilters],
  providers: [UrlFilters, UsageAddress, RequestFilters],
  template: `
    <app-page [heading]="text().requests.ownTitle" [isWide]="true">
      <a pageActions matButton="filled" download [href]="file()">
        <app-icon matButtonIcon name="download" />{{ words().export }}
      </a>
      <app-usage-filters [filters]="filters()" />
      <app-requests-list [address]="'/api/usage/requests?' + query()" />
    </app-page>
  `,
})
export class OwnRequestsPage {
  private readonly api = inject(ApiClient);
  private readonly address = inject(UsageAddress);
  private readonly ends = inject(RequestFilters);
  private readonly messages = inject(ConsoleText);
  protected readonly text = inject(UsageWords).text;
  protected readonly words = computed(() => this.messages.text().words);
  protected readonly query = computed(() => this.address.query(FILTERS));
  protected readonly file = computed(() => `/api/usage/export?${this.query()}&detail=requests`);

  private readonly models = resource({
    params: () => `/api/usage?${this.address.period()}&by=model`,
    loader: ({ params }) => this.api.get<OwnUsage>(params),
  });
  protected readonly filters = computed<UsageFilter[]>(() => {
    const { filters } = this.text();
    const { chat, api, all } = filters.sources;
    const used = this.models.hasValue() ? this.models.value().items : [];
    const models = used.flatMap(({ key }) => (key === '' ? [] : { value: key, label: key }));
    const sources = [
      { value: 'chat', label: chat },
      { value: 'api', label: api },
    ];
    return [
      { name: 'model', label: filters.model, all: filters.allModels, options: models },
      { name: 'source', label: filters.source, all, options: sources },
      ...this.ends.filters(),
    ];
  });
}
