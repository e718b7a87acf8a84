import { Injectable, computed, inject, resource } from '@angular/core';

import { ApiClient } from '../../core/api/api-client';
import { allPages } from '../../core/api/all-pages';
import { type AdminUsage, type Group, type NamedUsage } from '../../core/api/schema';
import { type ChipOption } from '../../ui/chip-select';
import { UrlFilters } from '../../ui/page/url-filters';
import { UsageAddress } from '../../usage/usage-address';
import { type UsageFilter } from '../../usage/usage-filters';
import { UsageWords } from '../../usage/usage-words';

/** What everybody's usage can be filtered by: groups, and the models and endpoints of the period. */
@Injectable()
export class UsageOptions {
  private readonly api = inject(ApiClient);
  private readonly address = inject(UsageAddress);
  private readonly url = inject(UrlFilters);
  private readonly text = inject(UsageWords).text;

  private readonly groups = resource({
    loader: () => allPages<Group>(this.api, '/api/admin/groups?sort=name'),
  });
  private readonly models = this.used('model');
  private readonly endpoints = this.used('endpoint');
  /** A key is chosen in a table, and known by its id. */
  private readonly key = resource({
    params: () => this.url.get('key') || undefined,
    loader: async ({ params }) => {
      const query = `${this.address.period()}&by=key&key=${encodeURIComponent(params)}&pageSize=1`;
      return (
        (await this.api.get<AdminUsage>(`/api/admin/usage?${query}&series=none`)).items[0]?.name ??
        ''
      );
    },
  });

  /** A person or client is chosen elsewhere, too. */
  private readonly owner = resource({
    params: () => {
      const by = (['user', 'client'] as const).find((kind) => this.url.get(kind) !== '');
      return (
        by && `${this.address.period()}&by=${by}&${by}=${encodeURIComponent(this.url.get(by))}`
      );
    },
    loader: async ({ params }) => {
      const found = await this.api.get<AdminUsage>(
        `/api/admin/usage?${params}&pageSize=1&series=none`,
      );
      return found.items[0]?.name ?? '';
    },
  });
  /** Of the one person or client that the address names; empty while unknown. */
  readonly ownerName = computed(() => (this.owner.hasValue() ? this.owner.value() : ''));

  readonly filters = computed<UsageFilter[]>(() => {
    const { filters } = this.text();
    const { chat, api, all } = filters.sources;
    const groups = this.groups.hasValue() ? this.groups.value() : [];
    const sources = [
      { value: 'chat', label: chat },
      { value: 'api', label: api },
    ];
    const found: UsageFilter[] = [
      {
        name: 'group',
        label: filters.group,
        all: filters.allGroups,
        options: groups.map(({ name }) => ({ value: name, label: name })),
      },
      { name: 'model', label: filters.model, all: filters.allModels, options: this.models() },
      { name: 'source', label: filters.source, all, options: sources },
      {
        name: 'endpoint',
        label: filters.endpoint,
        all: filters.allEndpoints,
        options: this.endpoints(),
      },
    ];
    const key = this.url.get('key');
    if (key === '') return found;
    const name = this.key.hasValue() ? this.key.value() : '';
    const options = [{ value: key, label: `${filters.key}: ${name || key.slice(0, 8)}` }];
    return [...found, { name: 'key', label: filters.key, all: filters.allKeys, options }];
  });

  /** What was used in the period, as options. */
  private used(by: 'model' | 'endpoint') {
    const asked = resource({
      params: () => `/api/admin/usage?${this.address.period()}&by=${by}&series=none`,
      loader: ({ params }) => allPages<NamedUsage>(this.api, params),
    });
    return computed<ChipOption[]>(() =>
      (asked.hasValue() ? asked.value() : []).flatMap(({ key }) =>
        key === '' ? [] : { value: key, label: key },
      ),
    );
  }
}
