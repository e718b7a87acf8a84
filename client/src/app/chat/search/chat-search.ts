import { DestroyRef, Injectable, computed, effect, inject, signal, untracked } from '@angular/core';

import { ApiClient } from '../../core/api/api-client';
import { type ApiError, asApiError } from '../../core/api/api-error';
import { type SearchHit, type SearchResult } from '../../core/api/schema';
import { type SearchPeriod, beginningOf } from './search-period';

/** How long after the last letter the server is asked. */
const DEBOUNCE_MS = 200;

export interface SearchFilters {
  isPinned: boolean;
  /** Looks among the archived ones instead. */
  isArchived: boolean;
  folderId: string;
  model: string;
  period: SearchPeriod | '';
}

export const NO_FILTERS: SearchFilters = {
  isPinned: false,
  isArchived: false,
  folderId: '',
  model: '',
  period: '',
};

/** Looks for words in titles and messages, as they are typed. */
@Injectable()
export class ChatSearch {
  private readonly api = inject(ApiClient);
  private readonly state = signal<{ hits: readonly SearchHit[]; cursor: string | null } | null>(
    null,
  );
  /** Counts the questions: an answer to an older one is dropped. */
  private asked = 0;

  readonly term = signal('');
  readonly filters = signal<SearchFilters>(NO_FILTERS);
  readonly isFiltered = computed(() => Object.values(this.filters()).some((value) => !!value));
  /** Null while nothing was found out yet. */
  readonly hits = computed(() => this.state()?.hits ?? null);
  readonly hasMore = computed(() => (this.state()?.cursor ?? null) !== null);
  readonly isSearching = signal(false);
  readonly failure = signal<ApiError | null>(null);

  constructor() {
    let timer: ReturnType<typeof setTimeout> | undefined;
    effect(() => {
      const [term] = [this.term(), this.filters()];
      clearTimeout(timer);
      this.asked++;
      this.failure.set(null);
      if (term === '') {
        this.state.set(null);
        this.isSearching.set(false);
        return;
      }
      this.isSearching.set(true);
      timer = setTimeout(() => untracked(() => void this.ask(null)), DEBOUNCE_MS);
    });
    inject(DestroyRef).onDestroy(() => clearTimeout(timer));
  }

  filter(change: Partial<SearchFilters>): void {
    this.filters.update((filters) => ({ ...filters, ...change }));
  }

  /** Never throws: `failure` says what went wrong. */
  async more(): Promise<void> {
    const cursor = this.state()?.cursor ?? null;
    if (cursor !== null && !this.isSearching()) await this.ask(cursor);
  }

  retry(): Promise<void> {
    return this.ask(null);
  }

  private async ask(cursor: string | null): Promise<void> {
    const mine = ++this.asked;
    this.isSearching.set(true);
    this.failure.set(null);
    try {
      const found = await this.api.get<SearchResult>(this.path(cursor));
      if (mine !== this.asked) return;
      const before = cursor === null ? [] : (this.hits() ?? []);
      this.state.set({ hits: [...before, ...found.hits], cursor: found.nextCursor });
    } catch (cause) {
      if (mine === this.asked) this.failure.set(asApiError(cause));
    } finally {
      if (mine === this.asked) this.isSearching.set(false);
    }
  }

  private path(cursor: string | null): string {
    const { isPinned, isArchived, folderId, model, period } = this.filters();
    const query = new URLSearchParams({ q: this.term() });
    if (isArchived) query.set('in', 'archived');
    if (isPinned) query.set('isPinned', 'true');
    if (folderId !== '') query.set('folderId', folderId);
    if (model !== '') query.set('model', model);
    if (period !== '') query.set('since', beginningOf(period, Date.now()).toISOString());
    if (cursor !== null) query.set('cursor', cursor);
    return `/chat/search?${query.toString()}`;
  }
}
