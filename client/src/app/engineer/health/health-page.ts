import {
  Component,
  DestroyRef,
  DOCUMENT,
  computed,
  inject,
  input,
  resource,
  signal,
} from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Router } from '@angular/router';

import { ConsoleText } from '../../console/console-text';
import { ApiClient } from '../../core/api/api-client';
import { asApiError } from '../../core/api/api-error';
import {
  type CheckedEndpoint,
  type CheckedEndpointPage,
  type ProviderTestResult,
} from '../../core/api/schema';
import { I18n } from '../../core/i18n/i18n';
import { type FilterChoice, FilterRow } from '../../models/filter-row';
import { Badge } from '../../ui/badge';
import { ChoiceBar } from '../../ui/choice-bar';
import { errorText } from '../../ui/error-text';
import { Notice } from '../../ui/notice';
import { keepShown } from '../../ui/page/keep-shown';
import { Page } from '../../ui/page/page';
import { Region } from '../../ui/page/region';
import { DataTable } from '../../ui/table/data-table';
import { Pager } from '../../ui/table/pager';
import { SortHeader, type Sorting } from '../../ui/table/sort-header';
import { TestResult } from '../test-result';
import { UptimeStrip } from './uptime-strip';

const REFRESH_MS = 5_000;
const PAGE_SIZE = 25;
const TONES = { up: 'good', trial: 'warning', down: 'bad' } as const;
type Column = 'model' | 'status' | 'inFlight';

/** Every endpoint: how it is now, how it was, and what it answers when it is asked. */
@Component({
  imports: [
    Badge,
    ChoiceBar,
    DataTable,
    FilterRow,
    MatButton,
    Notice,
    Page,
    Pager,
    Region,
    SortHeader,
    TestResult,
    UptimeStrip,
  ],
  templateUrl: './health-page.html',
  styleUrl: './health-page.scss',
})
export class HealthPage {
  /** From the address. */
  readonly search = input<string>();
  readonly status = input<string>();
  readonly span = input<string>();
  readonly page = input<string>();
  readonly sort = input<string>();
  readonly order = input<string>();

  private readonly api = inject(ApiClient);
  private readonly router = inject(Router);
  private readonly document = inject(DOCUMENT);
  protected readonly i18n = inject(I18n);
  private readonly messages = inject(ConsoleText);
  protected readonly nav = computed(() => this.messages.text().nav);
  protected readonly words = computed(() => this.messages.text().words);
  protected readonly text = computed(() => this.messages.text().catalogue);
  protected readonly tones = TONES;
  protected readonly testing = signal<string | null>(null);
  protected readonly results = signal<Record<string, ProviderTestResult | string>>({});

  protected readonly shownSpan = computed(() => (this.span() === 'day' ? 'day' : 'hour'));
  protected readonly pageNumber = computed(() => Math.max(1, Number(this.page()) || 1));
  protected readonly sorting = computed<Sorting<Column>>(() => ({
    column: columnOf(this.sort()),
    order: this.order() === 'desc' ? 'desc' : 'asc',
  }));
  protected readonly endpoints = keepShown(
    resource({
      params: () => {
        const { column, order } = this.sorting();
        const query = new URLSearchParams({
          sort: column,
          order,
          page: String(this.pageNumber()),
          pageSize: String(PAGE_SIZE),
          span: this.shownSpan(),
        });
        if (this.search()) query.set('search', this.search()!);
        if (this.status()) query.set('status', this.status()!);
        return query.toString();
      },
      loader: ({ params }) => this.api.get<CheckedEndpointPage>(`/api/admin/endpoints?${params}`),
    }),
  );
  protected readonly isNarrowed = computed(() => Boolean(this.search() ?? this.status()));
  protected readonly spans = computed(() =>
    (['hour', 'day'] as const).map((value) => ({ value, label: this.text().health.spans[value] })),
  );
  protected readonly filters = computed<FilterChoice[]>(() => [
    {
      name: 'status',
      label: this.text().health.state,
      value: this.status() ?? '',
      choices: Object.entries(this.text().endpoint).map(([value, label]) => ({ value, label })),
    },
  ]);

  constructor() {
    const timer = setInterval(() => {
      if (this.document.visibilityState === 'visible') this.endpoints.reload();
    }, REFRESH_MS);
    inject(DestroyRef).onDestroy(() => clearInterval(timer));
  }

  protected go(queryParams: Record<string, string | number | null>): void {
    void this.router.navigate([], { queryParams, queryParamsHandling: 'merge', replaceUrl: true });
  }

  protected filter({ name, value }: { name: string; value: string }): void {
    this.go({ [name]: value === '' ? null : value, page: null });
  }

  protected sortBy({ column, order }: Sorting<Column>): void {
    this.go({ sort: column, order, page: null });
  }

  protected resultOf(id: string): ProviderTestResult | null {
    const found = this.results()[id];
    return typeof found === 'object' ? found : null;
  }

  protected problemOf(id: string): string {
    const found = this.results()[id];
    return typeof found === 'string' ? found : '';
  }

  protected timeOf(iso: string): string {
    const options = { timeStyle: 'medium' } as const;
    return new Intl.DateTimeFormat(this.i18n.locale(), options).format(new Date(iso));
  }

  protected async test({ id }: CheckedEndpoint): Promise<void> {
    if (this.testing() !== null) return;
    this.testing.set(id);
    const tell = (result: ProviderTestResult | string) =>
      this.results.update((results) => ({ ...results, [id]: result }));
    try {
      const path = `/api/admin/endpoints/${encodeURIComponent(id)}/test`;
      tell(await this.api.post<ProviderTestResult>(path, { stream: true }));
    } catch (cause) {
      tell(errorText(asApiError(cause), this.i18n.text().errors));
    } finally {
      this.testing.set(null);
      this.endpoints.reload();
    }
  }
}

function columnOf(text: string | undefined): Column {
  return text === 'status' || text === 'inFlight' ? text : 'model';
}
