import { Service, computed, inject, signal } from '@angular/core';

import { ApiClient } from '../core/api/api-client';
import { type MyTerms } from '../core/api/schema';

/** The terms of use in force, and whether the person has agreed to them. */
@Service()
export class Terms {
  private readonly api = inject(ApiClient);
  private readonly mine = signal<MyTerms | null>(null);

  readonly current = computed(() => this.mine()?.terms ?? null);
  readonly isOwing = computed(() => this.current() !== null && this.mine()?.acceptedAt === null);

  /** Asks the server. A failure is no reason to keep anybody out: the server asks again itself. */
  async load(): Promise<void> {
    try {
      this.mine.set(await this.api.get<MyTerms>('/api/terms'));
    } catch {
      return;
    }
  }

  /** Agrees to the version that was shown. Throws an ApiError. */
  async accept(version: number): Promise<void> {
    this.mine.set(await this.api.post<MyTerms>('/api/terms/acceptance', { version }));
  }
}
