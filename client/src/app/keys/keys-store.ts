import { Service, computed, inject, signal } from '@angular/core';

import { ApiClient } from '../core/api/api-client';
import { type ApiError, asApiError } from '../core/api/api-error';
import { type ApiKey, type ApiKeyList, type CreatedApiKey } from '../core/api/schema';

/** The API keys of whoever is signed in. */
@Service()
export class KeysStore {
  private readonly api = inject(ApiClient);
  private readonly keys = signal<readonly ApiKey[] | null>(null);

  readonly failure = signal<ApiError | null>(null);
  readonly isLoaded = computed(() => this.keys() !== null);
  /** Keys that work, newest first. */
  readonly active = computed(() => this.sorted((key) => key.revokedAt === null));
  /** Keys that no longer work, newest first. */
  readonly revoked = computed(() => this.sorted((key) => key.revokedAt !== null));

  /** Asks the server. Never throws: `failure` says what went wrong. */
  async load(): Promise<void> {
    this.failure.set(null);
    try {
      this.keys.set((await this.api.get<ApiKeyList>('/api/keys')).keys);
    } catch (cause) {
      this.failure.set(asApiError(cause));
    }
  }

  /** Makes a key. Its secret is in the answer and nowhere else. Throws an ApiError. */
  async create(name: string): Promise<CreatedApiKey> {
    const created = await this.api.post<CreatedApiKey>('/api/keys', { name });
    this.keys.update((keys) => [created.apiKey, ...(keys ?? [])]);
    return created;
  }

  /** Ends a key at once. Throws an ApiError. */
  async revoke(id: string): Promise<void> {
    await this.api.delete(`/api/keys/${encodeURIComponent(id)}`);
    const revokedAt = new Date().toISOString();
    this.keys.update((keys) =>
      (keys ?? []).map((key) => (key.id === id ? { ...key, revokedAt } : key)),
    );
  }

  private sorted(belongs: (key: ApiKey) => boolean): ApiKey[] {
    const keys = (this.keys() ?? []).filter(belongs);
    return keys.sort((a, b) => b.createdAt.localeCompare(a.createdAt));
  }
}
