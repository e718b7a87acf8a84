import { Directive, computed, inject, input } from '@angular/core';
import { Router } from '@angular/router';

import { type Sorting } from './sort-header';

const PAGE_SIZE = 50;

/** A page that is a list: what is looked for, in which order and on which page is in the address. */
@Directive()
export abstract class ListedPage {
  readonly search = input<string>();
  readonly sort = input<string>();
  readonly order = input<string>();
  readonly page = input<string>();

  protected readonly router = inject(Router);
  protected readonly sorting = computed<Sorting>(() => ({
    column: this.sort() ?? 'name',
    order: this.order() === 'desc' ? 'desc' : 'asc',
  }));
  /** What the server is asked for. */
  protected readonly query = computed(() => {
    const { column: sort, order } = this.sorting();
    const asked = { sort, order, page: this.page() ?? '1', pageSize: String(PAGE_SIZE) };
    return new URLSearchParams({ ...asked, search: this.search() ?? '' }).toString();
  });

  protected filter(event: Event): void {
    this.show({ search: (event.target as HTMLInputElement).value.trim() || null, page: null });
  }

  protected sortBy({ column, order }: Sorting): void {
    this.show({ sort: column, order, page: null });
  }

  protected turn(page: number): void {
    this.show({ page });
  }

  private show(queryParams: Record<string, string | number | null>): void {
    void this.router.navigate([], { queryParams, queryParamsHandling: 'merge' });
  }
}
