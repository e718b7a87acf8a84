import { Service, computed, inject, signal } from '@angular/core';

import { ApiClient } from '../core/api/api-client';
import { type ApiError, asApiError } from '../core/api/api-error';
import {
  type ApiKey,
  type ApiKeyList,
  type CreateApiKey,
  type CreatedApiKey,
  type OwnUsage,
} from '../core/api/schema';

/** The API keys of whoever is signed in. */
@Service()
export class KeysStore {
  private readonly api = inject(ApiClient);
  private readonly keys = signal<readonly ApiKey[] | null>(null);

  readonly failure = signal<ApiError | null>(null);
  readonly isLoaded = computed(() => this.keys() !== null);
  /** Keys that work, newest first. */
  readonly active = computed(() => this.sorted((key) => !hasEnded(key)));
  /** Keys that no longer work, newest first. */
  readonly ended = computed(() => this.sorted(hasEnded));
  /** Coins of the last 30 days by key; null while unknown. A key that spent nothing is missing. */
  readonly spend = signal<ReadonlyMap<string, string> | null>(null);

  /** Asks the server. Never throws: `failure` says what went wrong. */
  async load(): Promise<void> {
    this.failure.set(null);
    void this.loadSpend();
    try {
      this.keys.set((await this.api.get<ApiKeyList>('/api/keys')).keys);
    } catch (cause) {
      this.failure.set(asApiError(cause));
    }
  }

  /** Makes a key. Its secret is in the answer and nowhere else. Throws an ApiError. */
  async create(wanted: CreateApiKey): Promise<CreatedApiKey> {
    const created = await this.api.post<CreatedApiKey>('/api/keys', wanted);
    this.keys.update((keys) => [created.apiKey, ...(keys ?? [])]);
    return created;
  }

  /** Makes a key in place of another, which goes on working for some hours. Throws an ApiError. */
  async rotate(id: string, overlapHours: number): Promise<CreatedApiKey> {
    const path = `/api/keys/${encodeURIComponent(id)}/rotation`;
    const created = await this.api.post<CreatedApiKey>(path, { overlapHours });
    await this.load();
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

  /** What it cost is an extra: without it the keys are still of use. */
  private async loadSpend(): Promise<void> {
    try {
      const usage = await this.api.get<OwnUsage>('/api/usage?by=key&period=30d');
      this.spend.set(new Map(usage.items.map(({ key, cost }) => [key, cost])));
    } catch {
      this.spend.set(null);
    }
  }

  private sorted(belongs: (key: ApiKey) => boolean): ApiKey[] {
    const keys = (this.keys() ?? []).filter(belongs);
    return keys.sort((a, b) => b.createdAt.localeCompare(a.createdAt));
  }
}

function hasEnded({ revokedAt, expiresAt }: ApiKey): boolean {
  return revokedAt !== null || (expiresAt !== null && Date.parse(expiresAt) <= Date.now());
}
