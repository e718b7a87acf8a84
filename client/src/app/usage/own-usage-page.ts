import { DOCUMENT, Component, computed, inject, resource } from '@angular/core';

import { ConsoleText } from '../console/console-text';
import { ApiClient } from '../core/api/api-client';
import { type ApiKeyList, type OwnUsage, type UsageChart } from '../core/api/schema';
import { download } from '../ui/charts/download';
import { keepShown } from '../ui/page/keep-shown';
import { UrlFilters, paramsOf } from '../ui/page/url-filters';
import { keysOf, rowDetails } from './row-details';
import { tableFile } from './table-file';
import { UsageAddress } from './usage-address';
import { type UsageFilter } from './usage-filters';
import { UsageFrame } from './usage-frame';
import { type UsageColumn, type UsageRow } from './usage-table';
import { UsageWords, tokensOf } from './usage-words';

const TABLES = ['model', 'key', 'source'] as const;
/** As many as the server follows at once: the dearest. */
const MOST_FOLLOWED = 25;

/** What one used oneself: over time, by model, key and source. */
@Component({
  imports: [UsageFrame],
  providers: [UrlFilters, UsageAddress],
  template: `
    <app-usage-frame
      exportAddress="/api/usage/export"
      requestsLink="/usage/requests"
      [heading]="nav().ownUsage"
      [query]="query()"
      [filters]="filters()"
      [askedAt]="askedAt()"
      [chart]="chart"
      [table]="table"
      [tables]="tables"
      [by]="by()"
      [rows]="rows()"
      [details]="details()"
      [columns]="columns"
      [speeds]="'/api/usage?' + query() + '&by=model'"
      (tableAsked)="saveTable()"
    />
  `,
  styles: `
    :host {
      display: contents;
    }
  `,
})
export class OwnUsagePage {
  protected readonly url = inject(UrlFilters);
  protected readonly address = inject(UsageAddress);
  private readonly api = inject(ApiClient);
  private readonly words = inject(UsageWords);
  private readonly messages = inject(ConsoleText);
  private readonly document = inject(DOCUMENT);
  protected readonly text = this.words.text;
  protected readonly nav = computed(() => this.messages.text().nav);
  protected readonly by = computed(() => this.url.oneOf('by', TABLES));
  protected readonly query = computed(() => this.address.query(['model', 'key', 'source']));

  private readonly asked = resource({
    params: () => `/api/usage/chart?${this.query()}&metric=${this.address.metric()}`,
    loader: ({ params }) => this.api.get<UsageChart>(params),
  });
  protected readonly chart = keepShown(this.asked);
  protected readonly table = keepShown(
    resource({
      params: () => `/api/usage?${this.query()}&by=${this.by()}`,
      loader: ({ params }) => this.api.get<OwnUsage>(params),
    }),
  );
  protected readonly details = rowDetails(
    () => {
      const { by, items } = this.table.value() ?? { by: 'model', items: [] };
      if (items.length === 0) return null;
      const some = items.slice(0, MOST_FOLLOWED);
      const asked = `by=${by}&metric=${this.address.metric()}${keysOf(some)}`;
      return `/api/usage/trends?${this.query()}&${asked}`;
    },
    () => this.address.metric(),
  );
  protected readonly columns: readonly UsageColumn[] = ['trend'];
  /** What may be filtered by: every model of the period. */
  private readonly models = resource({
    params: () => `/api/usage?${this.address.period()}&by=model`,
    loader: ({ params }) => this.api.get<OwnUsage>(params),
  });
  private readonly keys = resource({
    loader: () => this.api.get<ApiKeyList>('/api/keys'),
  });

  protected readonly askedAt = computed(() => (this.asked.hasValue() ? Date.now() : null));
  private readonly keyNames = computed(() => {
    const keys = this.keys.hasValue() ? this.keys.value().keys : [];
    return new Map(keys.map(({ id, name }) => [id, name]));
  });
  protected readonly filters = computed<UsageFilter[]>(() => {
    const { filters } = this.text();
    const { chat, api } = filters.sources;
    const sources = [
      { value: 'chat', label: chat },
      { value: 'api', label: api },
    ];
    const keys = [...this.keyNames()].map(([value, label]) => ({ value, label }));
    const used = this.models.hasValue() ? this.models.value().items : [];
    const models = used.flatMap(({ key }) => (key === '' ? [] : { value: key, label: key }));
    return [
      {
        name: 'model',
        label: filters.model,
        all: filters.allModels,
        options: models,
      },
      { name: 'source', label: filters.source, all: filters.sources.all, options: sources },
      { name: 'key', label: filters.key, all: filters.allKeys, options: keys },
    ];
  });
  protected readonly rows = computed<UsageRow[]>(() => {
    const usage = this.table.value();
    if (usage === undefined) return [];
    const { column, order } = this.address.sorting();
    const sign = order === 'desc' ? -1 : 1;
    const { by } = usage;
    return usage.items
      .map((item) => ({
        key: item.key,
        name: this.nameOf(by, item.key),
        only: item.key === '' ? null : paramsOf({ [by]: item.key, page: '' }),
        requests: item.requests,
        errors: item.errors,
        tokens: tokensOf(item),
        cost: Number(item.cost),
      }))
      .sort((one, other) => sign * (one[column] - other[column]));
  });
  protected readonly tables = TABLES;

  protected saveTable(): void {
    download(this.document, `usage-by-${this.by()}.csv`, tableFile(this.rows()));
  }

  private nameOf(by: string, key: string): string {
    const { table, filters } = this.text();
    if (by === 'model') return this.words.modelName(key);
    if (by === 'source') return key === 'chat' ? filters.sources.chat : filters.sources.api;
    return key === '' ? table.noKey : (this.keyNames().get(key) ?? table.deletedKey);
  }
}
