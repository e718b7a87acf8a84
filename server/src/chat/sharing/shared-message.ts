import { type MessageRole } from '../messages/message.entity.js';

/** One message of a snapshot: what was said and by which model; neither thoughts, costs nor ids. */
export interface SharedMessage {
  readonly role: MessageRole;
  readonly content: string;
  readonly model: string | null;
  /** Names of attachments; what is in them is not shared. */
  readonly attachments: readonly string[];
}
