import { Injectable, computed, inject } from '@angular/core';

import { UrlFilters } from '../ui/page/url-filters';
import { type Sorting } from '../ui/table/sort-header';
import { USAGE_METRICS, USAGE_PERIODS, type UsageMetric, usageQuery } from './usage-query';

/** What pages of usage read from the address. For a page's own `providers`, beside `UrlFilters`. */
@Injectable()
export class UsageAddress {
  private readonly url = inject(UrlFilters);

  readonly metric = computed(() => this.url.oneOf('metric', USAGE_METRICS));
  readonly periodName = computed(() => this.url.oneOf('period', USAGE_PERIODS));
  readonly sorting = computed<Sorting<UsageMetric>>(() => ({
    column: this.url.oneOf('sort', USAGE_METRICS),
    order: this.url.oneOf('order', ['desc', 'asc']),
  }));
  /** The period alone, as the server is asked for it. */
  readonly period = computed(() => this.queryOf({}));

  /** The period and these filters of the address, as the server is asked for them. */
  query(names: readonly string[]): string {
    return this.queryOf(Object.fromEntries(names.map((name) => [name, this.url.get(name)])));
  }

  private queryOf(filters: Readonly<Record<string, string>>): string {
    const [from, to] = [this.url.get('from'), this.url.get('to')];
    return usageQuery({ name: this.periodName(), from, to }, filters);
  }
}
