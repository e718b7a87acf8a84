/** Who shares something; told from outside. */
export interface ChatPeople {
  /** Null: there is no such person, or they are deactivated. */
  nameOf(userId: string): Promise<string | null>;
}

export const CHAT_PEOPLE = Symbol('chat-people');
