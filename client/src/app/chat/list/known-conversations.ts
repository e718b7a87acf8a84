import { Service, computed, signal } from '@angular/core';

import { type ConversationSummary } from '../../core/api/schema';

/** Every conversation this page has heard of, each as it was told last. */
@Service()
export class KnownConversations {
  private readonly state = signal<ReadonlyMap<string, ConversationSummary>>(new Map());

  readonly newestFirst = computed(() => [...this.state().values()].sort(byLastUse));

  get(id: string): ConversationSummary | undefined {
    return this.state().get(id);
  }

  /** An answer to a request may come after the event that overtook it: the later word stays. */
  put(...conversations: readonly ConversationSummary[]): void {
    if (conversations.length === 0) return;
    this.state.update((known) => {
      const now = new Map(known);
      for (const told of conversations) {
        const former = now.get(told.id);
        if (former === undefined || told.updatedAt >= former.updatedAt) now.set(told.id, told);
      }
      return now;
    });
  }

  forget(...ids: readonly string[]): void {
    if (!ids.some((id) => this.state().has(id))) return;
    this.state.update((known) => {
      const now = new Map(known);
      for (const id of ids) now.delete(id);
      return now;
    });
  }
}

/** Newest first, as the server orders them. */
function byLastUse(a: ConversationSummary, b: ConversationSummary): number {
  return compare(b.updatedAt, a.updatedAt) || compare(b.id, a.id);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
