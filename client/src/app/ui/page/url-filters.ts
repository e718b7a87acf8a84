import { Injectable, inject } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, Router } from '@angular/router';

/**
 * What a page is asked to show, in the address: it survives a reload and can be shared. For a page's
 * own `providers`.
 */
@Injectable()
export class UrlFilters {
  private readonly router = inject(Router);
  private readonly route = inject(ActivatedRoute);
  private readonly parameters = toSignal(this.route.queryParamMap, { requireSync: true });

  /** Empty where the address says nothing of it. */
  get(name: string): string {
    return this.parameters().get(name) ?? '';
  }

  /** One of these words; the first where the address has none of them. */
  oneOf<const Word extends string>(name: string, words: readonly [Word, ...Word[]]): Word {
    const asked = this.get(name);
    return words.find((word) => word === asked) ?? words[0];
  }

  /** A whole number from 1. */
  pageNumber(): number {
    const asked = this.get('page');
    return /^[1-9]\d{0,5}$/.test(asked) ? Number(asked) : 1;
  }

  /** Changes some; an empty one leaves the address. Another filter begins at the first page again. */
  set(changes: Readonly<Record<string, string>>): void {
    void this.router.navigate([], {
      relativeTo: this.route,
      queryParams: paramsOf({ page: '', ...changes }),
      queryParamsHandling: 'merge',
    });
  }

  reset(): void {
    void this.router.navigate([], { relativeTo: this.route, queryParams: {} });
  }
}

/** As the router wants them: null takes one away. */
export function paramsOf(changes: Readonly<Record<string, string>>): Record<string, string | null> {
  return Object.fromEntries(Object.entries(changes).map(([name, value]) => [name, value || null]));
}
