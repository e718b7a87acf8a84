import { type ConversationSummaryDto } from '../conversations/conversations.dto.js';
import { type EventStream } from './event-stream.js';

const SOON_MS = 50;
/** Each asks for the budgets anew; a busy minute is not worth a question for each request. */
const BUDGET_MS = 250;

/** What pages of one person are told. */
export interface PersonEventsSource {
  /** Of these, those that are there. */
  summaries(conversationIds: readonly string[]): Promise<readonly ConversationSummaryDto[]>;
}

/** The pages of one person that listen, and what they have not been told yet. */
export class PersonEvents {
  private readonly streams = new Set<EventStream>();
  private readonly changed = new Set<string>();
  private timer: NodeJS.Timeout | null = null;
  private budgetTimer: NodeJS.Timeout | null = null;

  constructor(private readonly source: PersonEventsSource) {}

  get isEmpty(): boolean {
    return this.streams.size === 0;
  }

  add(stream: EventStream): void {
    this.streams.add(stream);
  }

  delete(stream: EventStream): void {
    this.streams.delete(stream);
    if (this.streams.size > 0) return;
    for (const timer of [this.timer, this.budgetTimer]) if (timer) clearTimeout(timer);
  }

  conversationChanged(id: string): void {
    this.changed.add(id);
    this.timer ??= setTimeout(() => void this.tellChanged(), SOON_MS).unref();
  }

  conversationRemoved(id: string): void {
    this.changed.delete(id);
    this.send('conversation-removed', { id });
  }

  foldersChanged(): void {
    this.send('folders', {});
  }

  budgetChanged(): void {
    this.budgetTimer ??= setTimeout(() => {
      this.budgetTimer = null;
      this.send('budget', {});
    }, BUDGET_MS).unref();
  }

  /** As they are now, whatever they were when it was said. Never rejects. */
  private async tellChanged(): Promise<void> {
    this.timer = null;
    const ids = [...this.changed];
    this.changed.clear();
    const summaries = await this.source.summaries(ids);
    for (const summary of summaries) this.send('conversation', summary);
  }

  /** A page that does not read what it was told is cut off: it opens anew and asks for all. */
  private send(event: string, data: unknown): void {
    for (const stream of this.streams) {
      if (stream.hasRoom) stream.send({ event, data });
      else stream.cut();
    }
  }
}
