import { readChatRequest } from './requests/chat-request.js';
import { type ModelRequest } from './requests/model-request.js';

/** One address of the API below `/v1` that asks a model something. */
export interface Operation {
  /** As it stands in the log. */
  readonly name: string;
  /**
   * Reads a request as it came: its parsed body, and the bytes of that.
   * @throws AppError invalid_request, missing_field
   */
  read(body: unknown, bytes: Buffer | null): ModelRequest;
}

export const CHAT_COMPLETIONS: Operation = { name: 'chat/completions', read: readChatRequest };
