import { Component, computed, inject, input, resource, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Router, RouterLink } from '@angular/router';

import { ConsoleText } from '../../console/console-text';
import { ApiClient } from '../../core/api/api-client';
import { type AuditEntry, type AuditPage as Entries } from '../../core/api/schema';
import { I18n } from '../../core/i18n/i18n';
import { Badge } from '../../ui/badge';
import { Field, FieldControl } from '../../ui/form/field';
import { Icon } from '../../ui/icon/icon';
import { Notice } from '../../ui/notice';
import { keepShown } from '../../ui/page/keep-shown';
import { Page } from '../../ui/page/page';
import { Region } from '../../ui/page/region';
import { Saving } from '../../ui/saving';
import { DataTable } from '../../ui/table/data-table';
import { Pager } from '../../ui/table/pager';
import { SortHeader, type Sorting } from '../../ui/table/sort-header';
import { changesOf } from './changes';

const PAGE_SIZE = 50;
const KINDS = ['user', 'group', 'client', 'api_key', 'session', 'pool', 'model', 'provider'];

/** Who changed what, and when; nothing in it can be changed. */
@Component({
  imports: [
    Badge,
    DataTable,
    Field,
    FieldControl,
    Icon,
    MatButton,
    Notice,
    Page,
    Pager,
    Region,
    RouterLink,
    SortHeader,
  ],
  templateUrl: './audit-page.html',
  styleUrl: './audit-page.scss',
})
export class AuditPage {
  readonly search = input<string>();
  readonly from = input<string>();
  readonly to = input<string>();
  readonly actorId = input<string>();
  readonly action = input<string>();
  readonly objectKind = input<string>();
  readonly objectId = input<string>();
  readonly outcome = input<string>();
  readonly sort = input<string>();
  readonly order = input<string>();
  readonly page = input<string>();

  protected readonly i18n = inject(I18n);
  private readonly api = inject(ApiClient);
  private readonly router = inject(Router);
  private readonly saving = inject(Saving);
  private readonly messages = inject(ConsoleText);

  protected readonly kinds = KINDS;
  protected readonly changesOf = changesOf;
  protected readonly text = computed(() => this.messages.text().people.audit);
  protected readonly words = computed(() => this.messages.text().words);
  protected readonly nav = computed(() => this.messages.text().nav);
  /** The entries whose changes are shown. */
  protected readonly open = signal<ReadonlySet<string>>(new Set());
  protected readonly sorting = computed<Sorting>(() => ({
    column: this.sort() ?? 'at',
    order: this.order() === 'asc' ? 'asc' : 'desc',
  }));

  private readonly filters = computed(() => {
    const asked = new URLSearchParams();
    const { actorId, action, objectKind, objectId, outcome } = this;
    const given = { actorId, action, objectKind, objectId, outcome };
    for (const [name, value] of Object.entries(given)) if (value()) asked.set(name, value()!);
    const [from, to] = [startOf(this.from(), 0), startOf(this.to(), 1)];
    if (from) asked.set('from', from);
    if (to) asked.set('to', to);
    return asked;
  });
  protected readonly isFiltered = computed(() => !!this.search() || this.filters().size > 0);
  protected readonly isOfOne = computed(() => !!(this.actorId() || this.objectId()));
  private readonly query = computed(() => {
    const asked = new URLSearchParams(this.filters());
    if (this.search()) asked.set('search', this.search()!);
    const { column, order } = this.sorting();
    const paged = { sort: column, order, page: this.page() ?? '1', pageSize: String(PAGE_SIZE) };
    for (const [name, value] of Object.entries(paged)) asked.set(name, value);
    return asked.toString();
  });
  protected readonly entries = keepShown(
    resource({
      params: () => this.query(),
      loader: ({ params }) => this.api.get<Entries>(`/api/admin/audit?${params}`),
    }),
  );

  protected objectOf({ objectKind, objectName, objectId }: AuditEntry): string {
    return [objectKind, objectName ?? objectId].filter((part) => part !== null).join(' ');
  }

  protected toggle(id: string): void {
    const open = new Set(this.open());
    if (!open.delete(id)) open.add(id);
    this.open.set(open);
  }

  protected filter(name: string, event: Event): void {
    this.show({ [name]: (event.target as HTMLInputElement).value.trim() || null, page: null });
  }

  protected resetFilters(): void {
    void this.router.navigate([], {});
  }

  protected sortBy({ column, order }: Sorting): void {
    this.show({ sort: column, order, page: null });
  }

  protected turn(page: number): void {
    this.show({ page });
  }

  protected export(): void {
    this.saving.save(`/api/admin/audit/export?${this.filters().toString()}`);
  }

  private show(queryParams: Record<string, string | number | null>): void {
    void this.router.navigate([], { queryParams, queryParamsHandling: 'merge' });
  }
}

/** The start of a local day, some days later; null for what is no day. */
function startOf(day: string | undefined, later: number): string | null {
  const [year, month, date] = (day ?? '').split('-').map(Number);
  if (!year || !month || !date) return null;
  const time = new Date(year, month - 1, date + later);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}
