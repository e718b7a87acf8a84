import { type Attachment } from '../../core/api/schema';
import { tabStore } from '../../core/storage';

/** The files of a draft that are on the server, kept in this tab over a reload. */
export class KeptAttachments {
  /** By person, so that whoever signs in next in this tab does not see them. */
  constructor(private readonly person: string) {}

  /** Those of a place; none if something else is found there. */
  read(place: string): readonly Attachment[] {
    try {
      const kept: unknown = JSON.parse(tabStore.read(this.key(place)) ?? '[]');
      return Array.isArray(kept) ? (kept as Attachment[]) : [];
    } catch {
      return [];
    }
  }

  write(place: string, attachments: readonly Attachment[]): void {
    const isNone = attachments.length === 0;
    tabStore.write(this.key(place), isNone ? null : JSON.stringify(attachments));
  }

  private key(place: string): string {
    return `attachments.${this.person}.${place}`;
  }
}
