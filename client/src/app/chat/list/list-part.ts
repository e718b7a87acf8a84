import { computed, signal } from '@angular/core';

import { type ApiError, asApiError } from '../../core/api/api-error';
import { type ConversationPage, type ConversationSummary } from '../../core/api/schema';

export type PageReader = (cursor: string | null) => Promise<ConversationPage>;

/**
 * How far a view of the list has been read: the recent conversations, the pinned, the archived, or
 * those of a folder. What is older than its horizon is known only by accident and not shown.
 */
export class ListPart {
  private cursor: string | null = null;
  private reading: Promise<ConversationPage> | null = null;
  /** Last use of the oldest that was read; empty when everything was. */
  private readonly horizon = signal<string | null>(null);

  readonly failure = signal<ApiError | null>(null);
  readonly isLoading = signal(false);
  readonly isLoaded = computed(() => this.horizon() !== null);
  readonly hasMore = computed(() => this.isLoaded() && this.horizon() !== '');

  constructor(private readonly read: PageReader) {}

  /** Whether the conversation is among what was read. */
  reaches(conversation: ConversationSummary): boolean {
    const horizon = this.horizon();
    return horizon !== null && conversation.updatedAt >= horizon;
  }

  /** Reads from the newest. Never throws: `failure` says what went wrong. */
  first(): Promise<ConversationPage> {
    return this.page(null);
  }

  next(): Promise<ConversationPage> {
    return this.page(this.cursor);
  }

  private page(cursor: string | null): Promise<ConversationPage> {
    this.reading ??= this.take(cursor).finally(() => {
      this.reading = null;
      this.isLoading.set(false);
    });
    return this.reading;
  }

  private async take(cursor: string | null): Promise<ConversationPage> {
    this.failure.set(null);
    this.isLoading.set(true);
    try {
      const page = await this.read(cursor);
      if (cursor !== null || !this.joins(page)) this.reachTo(page);
      return page;
    } catch (cause) {
      this.failure.set(asApiError(cause));
      return { conversations: [], nextCursor: null };
    }
  }

  /** Read anew from the top: what lies below is still known, unless there is a gap between. */
  private joins({ conversations, nextCursor }: ConversationPage): boolean {
    const oldest = conversations.at(-1);
    return nextCursor !== null && oldest !== undefined && this.reaches(oldest);
  }

  private reachTo({ conversations, nextCursor }: ConversationPage): void {
    this.cursor = nextCursor;
    this.horizon.set(nextCursor === null ? '' : (conversations.at(-1)?.updatedAt ?? ''));
  }
}
