import { Component, ElementRef, computed, inject, input, resource, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Router, RouterLink } from '@angular/router';

import { ConsoleText } from '../../console/console-text';
import { ApiClient } from '../../core/api/api-client';
import { type ListedUser, type UserPage } from '../../core/api/schema';
import { hasRole } from '../../core/auth/roles';
import { Session } from '../../core/auth/session';
import { I18n } from '../../core/i18n/i18n';
import { coinsText } from '../../ui/amount-text';
import { Badge } from '../../ui/badge';
import { BudgetBar } from '../../ui/budget-bar';
import { Field, FieldControl } from '../../ui/form/field';
import { Notice } from '../../ui/notice';
import { keepShown } from '../../ui/page/keep-shown';
import { Page } from '../../ui/page/page';
import { Region } from '../../ui/page/region';
import { DataTable } from '../../ui/table/data-table';
import { Pager } from '../../ui/table/pager';
import { SortHeader, type Sorting } from '../../ui/table/sort-header';
import { BulkBar } from './bulk-bar';
import { PeopleApi } from './people-api';
import { UserPanel } from './user-panel';

const PAGE_SIZE = 25;
const GROUPS_SHOWN = 2;
const ROLES = ['admin', 'engineer', 'superadmin', 'auditor'] as const;

/** Everybody, page by page; one person at a time in a panel beside the table. */
@Component({
  imports: [
    Badge,
    BudgetBar,
    BulkBar,
    DataTable,
    Field,
    FieldControl,
    MatButton,
    Notice,
    Page,
    Pager,
    Region,
    RouterLink,
    SortHeader,
    UserPanel,
  ],
  templateUrl: './users-page.html',
  styleUrl: './users-page.scss',
})
export class UsersPage {
  readonly search = input<string>();
  readonly sort = input<string>();
  readonly order = input<string>();
  readonly page = input<string>();
  readonly active = input<string>();
  readonly role = input<string>();
  readonly group = input<string>();
  /** The person whose panel is open, and which part of it. */
  readonly user = input<string>();
  readonly tab = input<string>();

  protected readonly i18n = inject(I18n);
  private readonly api = inject(ApiClient);
  private readonly people = inject(PeopleApi);
  private readonly router = inject(Router);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly messages = inject(ConsoleText);
  private readonly session = inject(Session);

  protected readonly text = computed(() => this.messages.text().people);
  protected readonly words = computed(() => this.messages.text().words);
  protected readonly nav = computed(() => this.messages.text().nav);
  protected readonly mayChange = computed(() => hasRole(this.session.me(), ['admin']));
  protected readonly roles = ROLES;
  protected readonly groupsShown = GROUPS_SHOWN;
  protected readonly sorting = computed<Sorting>(() => ({
    column: this.sort() ?? 'name',
    order: this.order() === 'desc' ? 'desc' : 'asc',
  }));
  protected readonly isFiltered = computed(
    () => !!(this.search() || this.active() || this.role() || this.group()),
  );

  private readonly query = computed(() => {
    const asked = new URLSearchParams({ pageSize: String(PAGE_SIZE), page: this.page() ?? '1' });
    asked.set('sort', this.sorting().column);
    asked.set('order', this.sorting().order);
    const filters = { active: this.active(), role: this.role(), group: this.group() };
    for (const [name, value] of Object.entries({ search: this.search(), ...filters })) {
      if (value) asked.set(name, value);
    }
    return asked.toString();
  });
  protected readonly users = keepShown(
    resource({
      params: () => this.query(),
      loader: ({ params }) => this.api.get<UserPage>(`/api/admin/users?${params}`),
    }),
  );
  protected readonly groupNames = resource({ loader: () => this.people.groupNames() });

  /** Those who are chosen, on whatever page. */
  protected readonly chosen = signal<ReadonlyMap<string, ListedUser>>(new Map());
  protected readonly chosenUsers = computed(() => [...this.chosen().values()]);
  protected readonly isWholePageChosen = computed(() => {
    const { items } = this.users.value();
    return items.length > 0 && items.every(({ id }) => this.chosen().has(id));
  });

  protected coins(amount: string): string {
    return coinsText(amount, this.i18n.locale());
  }

  protected choose(users: readonly ListedUser[], event: Event): void {
    const { checked } = event.target as HTMLInputElement;
    const chosen = new Map(this.chosen());
    for (const user of users) {
      if (checked) chosen.set(user.id, user);
      else chosen.delete(user.id);
    }
    this.chosen.set(chosen);
  }

  protected clearChoice(): void {
    this.chosen.set(new Map());
  }

  protected filter(name: string, event: Event): void {
    this.show({ [name]: (event.target as HTMLInputElement).value || null, page: null });
  }

  protected resetFilters(): void {
    this.show({ search: null, active: null, role: null, group: null, page: null });
  }

  protected sortBy({ column, order }: Sorting): void {
    this.show({ sort: column, order, page: null });
  }

  protected turn(page: number): void {
    this.show({ page });
  }

  protected closePanel(): void {
    const id = this.user();
    this.show({ user: null, tab: null });
    const page = this.host.nativeElement;
    // Somebody who came by an address may be on another page of the list.
    const row = page.querySelector<HTMLElement>(`[data-user="${id}"]`);
    (row ?? page.querySelector('h1'))?.focus();
  }

  private show(queryParams: Record<string, string | number | null>): void {
    void this.router.navigate([], { queryParams, queryParamsHandling: 'merge' });
  }
}
