import { type ConversationSettings } from '../../core/api/schema';

/** The settings as they stand in the fields; an empty field leaves it to the model. */
export interface TypedSettings {
  systemPrompt: string;
  temperature: string;
  maxOutputTokens: string;
  reasoningEffort: string;
}

export const LONGEST_SYSTEM_PROMPT = 32_000;
const HOTTEST = 2;
/** What the server takes, where the model has no limit. */
const MOST_OUTPUT = 10_000_000;
export const EFFORTS = ['low', 'medium', 'high'] as const;

/** The fields that hold what cannot be. */
export type WrongSettings = Partial<Record<keyof TypedSettings, boolean>>;

export function typedSettings(settings: ConversationSettings): TypedSettings {
  return {
    systemPrompt: settings.systemPrompt ?? '',
    temperature: settings.temperature?.toString() ?? '',
    maxOutputTokens: settings.maxOutputTokens?.toString() ?? '',
    reasoningEffort: settings.reasoningEffort ?? '',
  };
}

/** The most an answer may have. */
export function mostOutput(modelLimit: number | null): number {
  return Math.min(modelLimit ?? MOST_OUTPUT, MOST_OUTPUT);
}

/** What was typed, as the server takes it; or which fields are wrong. */
export function readSettings(
  typed: TypedSettings,
  mostOutputTokens: number,
): { settings: ConversationSettings; wrong: null } | { settings: null; wrong: WrongSettings } {
  const temperature = decimal(typed.temperature);
  const output = typed.maxOutputTokens.trim();
  const maxOutputTokens = output === '' ? null : /^\d+$/.test(output) ? Number(output) : Number.NaN;
  const wrong = {
    systemPrompt: typed.systemPrompt.length > LONGEST_SYSTEM_PROMPT,
    temperature: temperature !== null && !(temperature >= 0 && temperature <= HOTTEST),
    maxOutputTokens:
      maxOutputTokens !== null && !(maxOutputTokens >= 1 && maxOutputTokens <= mostOutputTokens),
  };
  if (Object.values(wrong).includes(true)) return { settings: null, wrong };
  const systemPrompt = typed.systemPrompt.trim() === '' ? null : typed.systemPrompt;
  const reasoningEffort = EFFORTS.find((effort) => effort === typed.reasoningEffort) ?? null;
  return { settings: { systemPrompt, temperature, maxOutputTokens, reasoningEffort }, wrong: null };
}

/** A number with a point or a comma; null if there is none, NaN if it is something else. */
function decimal(text: string): number | null {
  const trimmed = text.trim().replace(',', '.');
  if (trimmed === '') return null;
  return /^\d*\.?\d+$/.test(trimmed) ? Number(trimmed) : Number.NaN;
}
