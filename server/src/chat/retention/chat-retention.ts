/** How long conversations are kept; told from outside, for it depends on groups. */
export interface ChatRetention {
  /** Days after the last message; null: for ever. */
  daysOf(userId: string): Promise<number | null>;
}

export const CHAT_RETENTION = Symbol('chat-retention');
