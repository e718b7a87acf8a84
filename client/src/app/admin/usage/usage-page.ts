import { DOCUMENT, Component, computed, inject, resource, signal } from '@angular/core';
import { RouterLink } from '@angular/router';

import { ConsoleText } from '../../console/console-text';
import { allPages } from '../../core/api/all-pages';
import { ApiClient } from '../../core/api/api-client';
import {
  type AdminUsage,
  type AdminUsageChart,
  type NamedUsage,
  type UsageLatencies,
  type UsagePeople,
} from '../../core/api/schema';
import { I18n } from '../../core/i18n/i18n';
import { download } from '../../ui/charts/download';
import { Icon } from '../../ui/icon/icon';
import { keepShown } from '../../ui/page/keep-shown';
import { UrlFilters, paramsOf } from '../../ui/page/url-filters';
import { Pager } from '../../ui/table/pager';
import { Toast } from '../../ui/toast';
import { keysOf, rowDetails } from '../../usage/row-details';
import { tableFile } from '../../usage/table-file';
import { UsageAddress } from '../../usage/usage-address';
import { UsageFrame } from '../../usage/usage-frame';
import { type UsageColumn, type UsageRow } from '../../usage/usage-table';
import { UsageWords, tokensOf } from '../../usage/usage-words';
import { UsageOptions } from './usage-options';
import { UsageOutlook } from './usage-outlook';

const TABLES = ['user', 'group', 'client', 'model', 'key', 'endpoint'] as const;
type Table = (typeof TABLES)[number];

const ROWS = 10;
/** What the server follows over time, and what has coins of its own. */
const FOLLOWED: readonly string[] = ['user', 'client', 'model', 'key', 'endpoint'];
const FUNDED: readonly string[] = ['user', 'client'];
const OWNERS: readonly string[] = ['user', 'client', 'group'];
const FILTERS = ['user', 'client', 'group', 'model', 'source', 'key', 'endpoint'];
/** What is asked next of what was chosen. */
const NEXT: Partial<Record<Table, Table>> = { group: 'user', user: 'model', client: 'key' };

/** Everybody's usage: over time, by group, person, client, model, key and endpoint. */
@Component({
  imports: [Icon, Pager, RouterLink, UsageFrame, UsageOutlook],
  providers: [UrlFilters, UsageAddress, UsageOptions],
  templateUrl: './usage-page.html',
  styleUrl: './usage-page.scss',
})
export class UsagePage {
  protected readonly url = inject(UrlFilters);
  protected readonly address = inject(UsageAddress);
  protected readonly options = inject(UsageOptions);
  private readonly api = inject(ApiClient);
  private readonly words = inject(UsageWords);
  private readonly i18n = inject(I18n);
  private readonly messages = inject(ConsoleText);
  private readonly toast = inject(Toast);
  private readonly document = inject(DOCUMENT);
  protected readonly text = this.words.text;
  protected readonly nav = computed(() => this.messages.text().nav);
  protected readonly pageSize = ROWS;
  protected readonly preparing = signal('');

  protected readonly query = computed(() => this.address.query(FILTERS));
  protected readonly by = computed(() => this.url.oneOf('by', TABLES));
  private readonly asked = resource({
    params: () => `/api/admin/usage/chart?${this.query()}&metric=${this.address.metric()}`,
    loader: ({ params }) => this.api.get<AdminUsageChart>(params),
  });
  protected readonly chart = keepShown(this.asked);
  protected readonly people = keepShown(
    resource({
      params: () => `/api/admin/usage/people?${this.query()}`,
      loader: ({ params }) => this.api.get<UsagePeople>(params),
    }),
  );
  private readonly latencies = keepShown(
    resource({
      params: () => `/api/admin/usage/latencies?${this.query()}`,
      loader: ({ params }) => this.api.get<UsageLatencies>(params),
    }),
  );
  protected readonly shownLatencies = computed(() =>
    this.latencies.hasValue() ? this.latencies.value() : null,
  );
  private readonly tableQuery = computed(() => {
    const { column, order } = this.address.sorting();
    return `${this.query()}&by=${this.by()}&sort=${column}&order=${order}&series=none`;
  });
  protected readonly table = keepShown(
    resource({
      params: () =>
        `/api/admin/usage?${this.tableQuery()}&page=${this.url.pageNumber()}&pageSize=${ROWS}`,
      loader: ({ params }) => this.api.get<AdminUsage>(params),
    }),
  );

  protected readonly details = rowDetails(
    () => {
      const { by, items } = this.table.value() ?? { by: '', items: [] };
      if (!FOLLOWED.includes(by) || items.length === 0) return null;
      const asked = `by=${by}&metric=${this.address.metric()}${keysOf(items)}`;
      return `/api/admin/usage/rows?${this.query()}&${asked}`;
    },
    () => this.address.metric(),
  );
  protected readonly columns = computed<UsageColumn[]>(() => [
    ...(FUNDED.includes(this.by()) ? (['budget'] as const) : []),
    ...(FOLLOWED.includes(this.by()) ? (['trend'] as const) : []),
  ]);

  protected readonly askedAt = computed(() => (this.asked.hasValue() ? Date.now() : null));
  /** One person or client: how many people there are says nothing. */
  protected readonly shownPeople = computed(() => {
    const isOfOne = this.url.get('user') !== '' || this.url.get('client') !== '';
    return isOfOne || !this.people.hasValue() ? null : (this.people.value() ?? null);
  });
  protected readonly subject = computed(() => {
    const subject = this.chart.value()?.subject ?? null;
    if (subject === null) return null;
    const kind = { user: 'user', client: 'client', group: 'group' } as const;
    const { filters, table } = this.text();
    return { kind: filters[kind[subject.kind]], name: subject.name ?? table.gone };
  });
  protected readonly everybody = paramsOf({ user: '', client: '', group: '', by: '', page: '' });
  protected readonly rows = computed(() => {
    const usage = this.table.value();
    return usage === undefined ? [] : usage.items.map((item) => this.rowOf(usage.by, item));
  });
  protected readonly tables = TABLES;

  /** All of its pages as one file. */
  protected async saveTable(): Promise<void> {
    const { export: words } = this.text();
    const by = this.by();
    try {
      const items = await allPages<NamedUsage>(
        this.api,
        `/api/admin/usage?${this.tableQuery()}`,
        (done, total) =>
          this.preparing.set(words.preparing(this.i18n.number(done), this.i18n.number(total))),
      );
      const rows = items.map((item) => this.rowOf(by, item));
      download(this.document, `usage-by-${by}.csv`, tableFile(rows));
    } catch {
      void this.toast.show(words.failed);
    } finally {
      this.preparing.set('');
    }
  }

  private rowOf(by: AdminUsage['by'], item: NamedUsage): UsageRow {
    return {
      key: item.key,
      name: this.nameOf(by, item),
      only: item.key === '' ? null : this.onlyThis(by, item.key),
      requests: item.requests,
      errors: item.errors,
      tokens: tokensOf(item),
      cost: Number(item.cost),
    };
  }

  /** Whose usage is one of people, clients and groups: another takes the former's place. */
  private onlyThis(by: AdminUsage['by'], key: string): UsageRow['only'] {
    const former: Record<string, string> = OWNERS.includes(by)
      ? { user: '', client: '', group: '' }
      : {};
    return paramsOf({ ...former, [by]: key, by: NEXT[by as Table] ?? this.by(), page: '' });
  }

  private nameOf(by: AdminUsage['by'], { key, name }: NamedUsage): string {
    const { table } = this.text();
    if (by === 'model') return this.words.modelName(key);
    if (by === 'endpoint') return key || table.noEndpoint;
    if (by === 'key') return key === '' ? table.noKey : (name ?? table.deletedKey);
    return name ?? table.gone;
  }
}
