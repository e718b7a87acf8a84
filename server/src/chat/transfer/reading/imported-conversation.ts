import { type ConversationSettings } from '../../conversations/conversation-settings.js';
import { type MessageRole, type MessageState } from '../../messages/message.entity.js';

/** A message of a conversation that is brought in; `index` is its place in the list. */
export interface ImportedMessage {
  /** Place in the list of what it follows, which stands before it; null: it begins. */
  readonly parent: number | null;
  readonly role: MessageRole;
  readonly content: string;
  readonly reasoning: string;
  readonly model: string | null;
  readonly state: MessageState;
  readonly finishReason: string | null;
  readonly createdMs: number;
}

/** A conversation of another product as one of Lumen's: questions and answers take turns. */
export interface ImportedConversation {
  readonly title: string;
  readonly createdMs: number;
  readonly updatedMs: number;
  readonly isPinned: boolean;
  readonly isArchived: boolean;
  /** Name of the folder it was in. */
  readonly folder: string | null;
  readonly model: string | null;
  readonly settings: ConversationSettings;
  readonly messages: readonly ImportedMessage[];
  /** The last message of the branch that is shown. */
  readonly current: number;
}

/** A part of a file that is no conversation to bring in, and why, for a person to read. */
export interface SkippedConversation {
  readonly name: string;
  readonly reason: string;
}

/** What was found in a piece of a file. */
export interface FoundConversations {
  readonly conversations: readonly ImportedConversation[];
  readonly skipped: readonly SkippedConversation[];
  /** Of those that were skipped, how many are not told one by one. */
  readonly furtherSkipped: number;
}

/** Why one conversation is not taken; the message goes on from "It was skipped: ". */
export class ImportRefusal extends Error {}
