import { Service, computed, inject } from '@angular/core';

import { ApiClient } from '../../core/api/api-client';
import { type ConversationPage, type ConversationSummary } from '../../core/api/schema';
import { Now } from '../../core/time/now';
import { ChatEvents } from './chat-events';
import { ConversationChanges, summaryOf } from './conversation-changes';
import { dayGroups } from './day-groups';
import { Folders } from './folders';
import { KnownConversations } from './known-conversations';
import { ListPart } from './list-part';

const PAGE_ROWS = 50;
/** Pages that are read for one "more" when all they bring is in folders. */
const MOST_PAGES_AT_ONCE = 5;

/**
 * The person's conversations in the order and the groups of the sidebar. What happens elsewhere
 * comes by ChatEvents; what is done here is shown at once.
 */
@Service()
export class ConversationList {
  private readonly api = inject(ApiClient);
  private readonly changes = inject(ConversationChanges);
  private readonly folderStore = inject(Folders);
  private readonly known = inject(KnownConversations);
  private readonly now = inject(Now);
  private readonly folderParts = new Map<string, ListPart>();

  /** How far each view is read, and whether that failed. */
  readonly pinnedPart = this.part('view=pinned');
  readonly recentPart = this.part('view=recent');
  readonly archivedPart = this.part('view=archived');

  readonly folders = this.folderStore.folders;
  readonly isLoaded = this.recentPart.isLoaded;
  private readonly shown = computed(() =>
    this.known.newestFirst().filter((one) => !one.isArchived),
  );
  readonly pinned = computed(() => this.shown().filter((one) => one.isPinned));
  /** Those neither pinned nor in a folder, by when they were last used. */
  readonly groups = computed(() => {
    const read = this.shown().filter((one) => this.isLoose(one) && this.recentPart.reaches(one));
    return dayGroups(read, this.now.ms());
  });
  readonly archived = computed(() =>
    this.known.newestFirst().filter((one) => one.isArchived && this.archivedPart.reaches(one)),
  );

  constructor() {
    const events = inject(ChatEvents);
    events.on('conversation', (conversation) => this.put(conversation));
    events.on('conversation-removed', ({ id }) => this.forget(id));
    events.on('resumed', () => void this.load());
  }

  /** Reads from the newest: at first, and after a while without connection. Never throws. */
  async load(): Promise<void> {
    await Promise.all([
      this.folderStore.load(),
      this.readAnew(this.pinnedPart, (one) => one.isPinned),
      this.readAnew(this.recentPart, (one) => !one.isPinned && !one.isArchived),
    ]);
  }

  /** Reads until there is something more to see, or nothing more at all. Never throws. */
  async loadMore(): Promise<void> {
    for (let pages = 0; pages < MOST_PAGES_AT_ONCE && this.recentPart.hasMore(); pages++) {
      const found = await this.readOn(this.recentPart);
      if (this.recentPart.failure() !== null || found.some((one) => this.isLoose(one))) return;
    }
  }

  loadArchive(): Promise<void> {
    return this.readAnew(this.archivedPart, (one) => one.isArchived);
  }

  loadMoreArchived(): Promise<unknown> {
    return this.readOn(this.archivedPart);
  }

  loadFolder(folderId: string): Promise<unknown> {
    return this.readOn(this.folderPart(folderId));
  }

  folderPart(folderId: string): ListPart {
    const part = this.folderParts.get(folderId) ?? this.part(`folderId=${folderId}`);
    this.folderParts.set(folderId, part);
    return part;
  }

  /** What is in a folder, as far as it is read. */
  inFolder(folderId: string): ConversationSummary[] {
    const part = this.folderPart(folderId);
    return this.shown().filter((one) => one.folderId === folderId && part.reaches(one));
  }

  /** What is known of a conversation; undefined if it has not come by. */
  summaryOf(id: string): ConversationSummary | undefined {
    return this.known.get(id);
  }

  /** Shows a conversation as it is now, whether it is new or known. */
  put(conversation: ConversationSummary): void {
    this.known.put(summaryOf(conversation));
  }

  /** Shows it no longer; the server is not asked. */
  forget(id: string): void {
    this.known.forget(id);
  }

  async rename(id: string, title: string): Promise<void> {
    const line = title.trim();
    if (line !== '' && line !== this.known.get(id)?.title) {
      await this.changes.change(id, { title: line });
    }
  }

  async pin(id: string, isPinned: boolean): Promise<void> {
    await this.changes.change(id, { isPinned });
  }

  /** Null: into no folder. */
  async move(id: string, folderId: string | null): Promise<void> {
    await this.changes.change(id, { folderId });
  }

  /** Offers to take it back. */
  archive(id: string, isArchived = true): Promise<void> {
    return this.changes.archive(id, isArchived);
  }

  /** Deletes it and offers for ten seconds to take that back. */
  remove(id: string): Promise<void> {
    return this.changes.remove(id);
  }

  private isLoose({ isPinned, folderId }: ConversationSummary): boolean {
    return !isPinned && !this.folderStore.has(folderId);
  }

  private part(view: string): ListPart {
    return new ListPart((cursor) => {
      const from = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      return this.api.get<ConversationPage>(
        `/chat/conversations?${view}&limit=${PAGE_ROWS}${from}`,
      );
    });
  }

  private async readOn(part: ListPart): Promise<readonly ConversationSummary[]> {
    const { conversations } = await part.next();
    this.known.put(...conversations);
    return conversations;
  }

  /** What should be among the newest and is not there has gone while nobody told. */
  private async readAnew(
    part: ListPart,
    belongs: (one: ConversationSummary) => boolean,
  ): Promise<void> {
    const before = this.known.newestFirst().filter(belongs);
    const { conversations, nextCursor } = await part.first();
    if (part.failure() !== null) return;
    const oldest = nextCursor === null ? '' : (conversations.at(-1)?.updatedAt ?? '');
    const ids = new Set(conversations.map(({ id }) => id));
    const gone = before.filter((one) => one.updatedAt > oldest && !ids.has(one.id));
    this.known.forget(...gone.map(({ id }) => id));
    this.known.put(...conversations);
  }
}
