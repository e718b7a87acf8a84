import { Injectable, computed, inject, linkedSignal, resource, signal } from '@angular/core';

import { ApiClient } from '../../core/api/api-client';
import { type ApiError, asApiError } from '../../core/api/api-error';
import { type AdminLoggedRequest, type LoggedRequest } from '../../core/api/schema';
import { keepShown } from '../../ui/page/keep-shown';

const ROWS = 50;

/** A line of the log; whose it is only administrators learn. */
export type ShownRequest = LoggedRequest & Partial<AdminLoggedRequest>;

interface RequestPage {
  items: ShownRequest[];
  next: string | null;
}

/** The log of requests, the latest first, page after page: each begins where the former ended. */
@Injectable()
export class RequestsStore {
  private readonly api = inject(ApiClient);
  private readonly address = signal('');

  private readonly asked = resource({
    params: () => this.address() || undefined,
    loader: ({ params }) => this.api.get<RequestPage>(params),
  });
  readonly first = keepShown(this.asked);
  private readonly later = linkedSignal<RequestPage | undefined, RequestPage[]>({
    source: () => this.first.value(),
    computation: () => [],
  });
  readonly isAsking = signal(false);
  readonly failure = signal<ApiError | null>(null);

  readonly items = computed(() => {
    const first = this.first.value();
    return [...(first === undefined ? [] : [first]), ...this.later()].flatMap(({ items }) => items);
  });
  readonly next = computed(() => (this.later().at(-1) ?? this.first.value())?.next ?? null);

  /** The address of the list with its filters. */
  show(address: string): void {
    this.address.set(`${address}&limit=${ROWS}`);
    this.failure.set(null);
  }

  /** Asks for the next page; what comes after other filters were chosen is dropped. */
  async more(): Promise<void> {
    const next = this.next();
    const address = this.address();
    if (next === null || this.isAsking()) return;
    this.isAsking.set(true);
    this.failure.set(null);
    try {
      const page = await this.api.get<RequestPage>(`${address}&after=${encodeURIComponent(next)}`);
      if (this.address() === address) this.later.update((pages) => [...pages, page]);
    } catch (cause) {
      this.failure.set(asApiError(cause));
    } finally {
      this.isAsking.set(false);
    }
  }
}
