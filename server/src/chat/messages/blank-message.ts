import { type Message } from './message.entity.js';

/** What a message has of which nothing is known yet. */
export const BLANK_MESSAGE = Object.freeze({
  content: '',
  reasoning: '',
  model: null,
  finishReason: null,
  errorCode: null,
  errorMessage: null,
  comparisonId: null,
  requestId: null,
  promptTokens: null,
  completionTokens: null,
  cachedTokens: null,
  reasoningTokens: null,
  cost: null,
  isEstimated: false,
  firstTokenMs: null,
  thinkingMs: null,
  durationMs: null,
}) satisfies Partial<Message>;
