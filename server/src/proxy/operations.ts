import { readAudioRequest } from './audio/audio-request.js';
import { readMessagesRequest } from './messages/messages-request.js';
import { readChatRequest } from './requests/chat-request.js';
import { readEmbeddingsRequest } from './requests/embeddings-request.js';
import { type ModelRequest } from './requests/model-request.js';
import { readRerankRequest } from './requests/rerank-request.js';
import { readScoreRequest } from './requests/score-request.js';
import { readTextCompletionRequest } from './requests/text-completion-request.js';
import { readResponsesRequest } from './responses/responses-request.js';

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
export const COMPLETIONS: Operation = { name: 'completions', read: readTextCompletionRequest };
export const EMBEDDINGS: Operation = { name: 'embeddings', read: readEmbeddingsRequest };
export const RERANK: Operation = { name: 'rerank', read: readRerankRequest };
export const SCORE: Operation = { name: 'score', read: readScoreRequest };
export const AUDIO_TRANSCRIPTIONS: Operation = audio('audio/transcriptions');
export const AUDIO_TRANSLATIONS: Operation = audio('audio/translations');
export const MESSAGES: Operation = { name: 'messages', read: readMessagesRequest };
export const RESPONSES: Operation = { name: 'responses', read: readResponsesRequest };

function audio(name: string): Operation {
  return { name, read: (form) => readAudioRequest(name, form) };
}
