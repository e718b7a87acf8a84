export const REASONING_EFFORTS = ['low', 'medium', 'high'] as const;

export type ReasoningEffort = (typeof REASONING_EFFORTS)[number];

/** What a person set for a conversation; null: whatever the model does by itself. */
export interface ConversationSettings {
  readonly systemPrompt: string | null;
  readonly temperature: number | null;
  /** Tokens. */
  readonly maxOutputTokens: number | null;
  readonly reasoningEffort: ReasoningEffort | null;
}

export const NO_SETTINGS: ConversationSettings = Object.freeze({
  systemPrompt: null,
  temperature: null,
  maxOutputTokens: null,
  reasoningEffort: null,
});

/** Just these four, of whatever has them. */
export function settingsOf({
  systemPrompt,
  temperature,
  maxOutputTokens,
  reasoningEffort,
}: ConversationSettings): ConversationSettings {
  return { systemPrompt, temperature, maxOutputTokens, reasoningEffort };
}
