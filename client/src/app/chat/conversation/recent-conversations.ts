import { type ShownConversation } from './shown-conversation';

const MOST = 5;

/** The conversations one was in last, as they were shown. */
export class RecentConversations {
  private readonly list = new Map<string, ShownConversation>();

  put(shown: ShownConversation): void {
    const id = shown.id();
    if (id === null || shown.kept() === null || shown.failure() !== null) return;
    this.list.delete(id);
    this.list.set(id, shown);
    for (const oldest of [...this.list.keys()].slice(0, -MOST)) this.list.delete(oldest);
  }

  /** Takes one out, if it is still there. */
  take(id: string): ShownConversation | null {
    const shown = this.list.get(id) ?? null;
    this.list.delete(id);
    return shown;
  }
}
