import { Service, computed, inject, signal } from '@angular/core';

import { ApiClient } from '../../core/api/api-client';
import { type ApiError, asApiError } from '../../core/api/api-error';
import { type Share, type ShareList } from '../../core/api/schema';

/** What the person shares by a link. */
@Service()
export class Shares {
  private readonly api = inject(ApiClient);
  private readonly state = signal<readonly Share[] | null>(null);

  readonly failure = signal<ApiError | null>(null);
  readonly isLoaded = computed(() => this.state() !== null);
  /** Newest first. */
  readonly shares = computed(() => this.state() ?? []);

  /** Asks the server. Never throws: `failure` says what went wrong. */
  async load(): Promise<void> {
    this.failure.set(null);
    try {
      this.state.set((await this.api.get<ShareList>('/chat/shares')).shares);
    } catch (cause) {
      this.failure.set(asApiError(cause));
    }
  }

  /** The share of a conversation; null if it has none. */
  of(conversationId: string): Share | null {
    return this.shares().find((share) => share.conversationId === conversationId) ?? null;
  }

  /** Shares the conversation as it is now; again: shows by the same link what it is now. */
  async share(conversationId: string): Promise<Share> {
    const share = await this.api.post<Share>(`/chat/conversations/${conversationId}/share`);
    const others = this.shares().filter(({ id }) => id !== share.id);
    this.state.set([share, ...others]);
    return share;
  }

  /** The link shows nothing from now on. Throws an ApiError. */
  async revoke(id: string): Promise<void> {
    await this.api.delete(`/chat/shares/${id}`);
    this.state.set(this.shares().filter((share) => share.id !== id));
  }
}
