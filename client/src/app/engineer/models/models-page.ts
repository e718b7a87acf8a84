import { Component, computed, inject, input, resource } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Router, RouterLink } from '@angular/router';

import { ConsoleText } from '../../console/console-text';
import { ApiClient } from '../../core/api/api-client';
import { type AdministeredModelPage } from '../../core/api/schema';
import { I18n } from '../../core/i18n/i18n';
import { type FilterChoice, FilterRow } from '../../models/filter-row';
import { StatusBadge } from '../../models/model-facts';
import { ModelTexts } from '../../models/model-texts';
import { Badge } from '../../ui/badge';
import { Notice } from '../../ui/notice';
import { keepShown } from '../../ui/page/keep-shown';
import { Page } from '../../ui/page/page';
import { Region } from '../../ui/page/region';
import { DataTable } from '../../ui/table/data-table';
import { Pager } from '../../ui/table/pager';
import { SortHeader, type Sorting } from '../../ui/table/sort-header';
import { ModelDetail } from './model-detail';

const PAGE_SIZE = 25;
const COLUMNS = ['model', 'source', 'input', 'output', 'context'] as const;
type Column = (typeof COLUMNS)[number];

/** Every model with its prices, where it is described, and its endpoints; disabled ones too. */
@Component({
  imports: [
    Badge,
    DataTable,
    FilterRow,
    MatButton,
    ModelDetail,
    Notice,
    Page,
    Pager,
    Region,
    RouterLink,
    SortHeader,
    StatusBadge,
  ],
  templateUrl: './models-page.html',
  styleUrl: './models-page.scss',
})
export class CataloguePage {
  /** From the address: the model whose details are shown, and the list's filters. */
  readonly model = input<string>();
  readonly search = input<string>();
  readonly source = input<string>();
  readonly state = input<string>();
  readonly page = input<string>();
  readonly sort = input<string>();
  readonly order = input<string>();

  private readonly api = inject(ApiClient);
  private readonly router = inject(Router);
  protected readonly i18n = inject(I18n);
  protected readonly texts = inject(ModelTexts);
  private readonly messages = inject(ConsoleText);
  protected readonly nav = computed(() => this.messages.text().nav);
  protected readonly words = computed(() => this.messages.text().words);
  protected readonly common = computed(() => this.messages.text().catalogue);
  protected readonly text = computed(() => this.messages.text().catalogue.engineer);
  protected readonly sorting = computed<Sorting<Column>>(() => ({
    column: COLUMNS.find((column) => column === this.sort()) ?? 'model',
    order: this.order() === 'desc' ? 'desc' : 'asc',
  }));
  protected readonly models = keepShown(
    resource({
      params: () => {
        const { column, order } = this.sorting();
        const page = String(Math.max(1, Number(this.page()) || 1));
        const query = new URLSearchParams({ sort: column, order, page, pageSize: `${PAGE_SIZE}` });
        if (this.search()) query.set('search', this.search()!);
        if (this.source()) query.set('source', this.source()!);
        if (this.state()) query.set('state', this.state()!);
        return query.toString();
      },
      loader: ({ params }) => this.api.get<AdministeredModelPage>(`/api/admin/models?${params}`),
    }),
  );
  protected readonly isNarrowed = computed(
    () => Boolean(this.search()) || Boolean(this.source()) || Boolean(this.state()),
  );
  protected readonly filters = computed<FilterChoice[]>(() => {
    const { source, sources, state, enabled, disabled } = this.text();
    const choicesOf = (labels: Record<string, string>) =>
      Object.entries(labels).map(([value, label]) => ({ value, label }));
    return [
      { name: 'source', label: source, value: this.source() ?? '', choices: choicesOf(sources) },
      {
        name: 'state',
        label: state,
        value: this.state() ?? '',
        choices: choicesOf({ enabled, disabled }),
      },
    ];
  });

  protected go(queryParams: Record<string, string | number | null>): void {
    void this.router.navigate([], { queryParams, queryParamsHandling: 'merge', replaceUrl: true });
  }

  protected filter({ name, value }: { name: string; value: string }): void {
    this.go({ [name]: value === '' ? null : value, page: null });
  }

  protected sortBy({ column, order }: Sorting<Column>): void {
    this.go({ sort: column, order, page: null });
  }
}
