import { DestroyRef, DOCUMENT, Service, computed, inject, signal } from '@angular/core';

import { ApiClient } from '../api/api-client';
import { type ShownAnnouncement, type ShownAnnouncementList } from '../api/schema';
import { localStore } from '../storage';

const KEY = 'dismissed-announcements';
const ASK_EVERY_MS = 5 * 60_000;

/** What the institution tells the person who is signed in, without what they have put away. */
@Service()
export class Announcements {
  private readonly api = inject(ApiClient);
  private readonly document = inject(DOCUMENT);
  private readonly all = signal<readonly ShownAnnouncement[]>([]);
  private readonly dismissed = signal<ReadonlySet<string>>(new Set(readDismissed()));

  /** The gravest first. */
  readonly shown = computed(() =>
    this.all().filter((each) => !each.isDismissible || !this.dismissed().has(versionOf(each))),
  );

  constructor() {
    const timer = setInterval(() => {
      if (!this.document.hidden) void this.load();
    }, ASK_EVERY_MS);
    inject(DestroyRef).onDestroy(() => clearInterval(timer));
  }

  /** Asks the server. A failure leaves what is known: nobody needs a banner about banners. */
  async load(): Promise<void> {
    try {
      this.all.set((await this.api.get<ShownAnnouncementList>('/api/announcements')).announcements);
    } catch {
      return;
    }
  }

  /** Puts one away in this browser, until it is changed. */
  dismiss(announcement: ShownAnnouncement): void {
    // Those that are over need not be remembered.
    const current = new Set(this.all().map(versionOf));
    const kept = [...this.dismissed(), versionOf(announcement)].filter((each) => current.has(each));
    this.dismissed.set(new Set(kept));
    localStore.write(KEY, JSON.stringify(kept));
  }
}

function versionOf({ id, updatedAt }: ShownAnnouncement): string {
  return `${id} ${updatedAt}`;
}

function readDismissed(): string[] {
  try {
    const value: unknown = JSON.parse(localStore.read(KEY) ?? '[]');
    return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
  } catch {
    return [];
  }
}
