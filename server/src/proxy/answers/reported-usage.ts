import { type TokenUsage, type UsageAccuracy } from '../../usage/index.js';
import { readAudio, type ReportedAudio } from '../audio/reported-audio.js';

/** What is known of the tokens of a request when nothing is. */
export const NO_USAGE: TokenUsage = Object.freeze({
  promptTokens: null,
  completionTokens: null,
  cachedTokens: null,
  reasoningTokens: null,
});

/** What no honest report of this request can exceed. */
export interface UsageBounds {
  promptTokens: number;
  completionTokens: number;
  /** Length of audio in milliseconds; missing: none was sent. */
  audioMs?: number;
}

/** A backend's own figures, as far as they can be believed. */
export interface ReportedUsage extends TokenUsage {
  /** The length of the audio that was sent. */
  readonly audio?: ReportedAudio | null;
}

/** What Lumen counted by itself. */
export interface CountedUsage {
  promptTokens: number;
  completionTokens: number;
}

/** What is charged, and how sure it is. */
export interface SettledUsage {
  usage: TokenUsage;
  accuracy: UsageAccuracy;
  /** Milliseconds of audio; missing: none was sent. */
  audioMs?: number;
}

/**
 * OpenAI's `usage` object, as far as it can be believed; null if there is none. A count that is not
 * a whole number from 0, or that is above what the request can have used, is not believed. The total
 * is not looked at. Parts that exceed their whole are not believed.
 */
export function readUsage(usage: unknown, bounds: UsageBounds): ReportedUsage | null {
  if (typeof usage !== 'object' || usage === null || Array.isArray(usage)) return null;
  const fields = usage as Record<string, unknown>;
  const promptTokens = count(fields['prompt_tokens'], bounds.promptTokens);
  const completionTokens = count(fields['completion_tokens'], bounds.completionTokens);
  const cached = detail(fields['prompt_tokens_details'], 'cached_tokens');
  const reasoning = detail(fields['completion_tokens_details'], 'reasoning_tokens');
  const tokens = {
    promptTokens,
    completionTokens,
    cachedTokens: count(cached, promptTokens ?? 0),
    reasoningTokens: count(reasoning, completionTokens ?? 0),
  };
  const { audioMs } = bounds;
  return audioMs === undefined ? tokens : { ...tokens, audio: readAudio(fields, audioMs) };
}

/**
 * Two reports of one answer. The later one is in force, figure by figure, where it can be believed;
 * but what was produced stays produced: completion tokens never fall.
 */
export function laterReport(earlier: ReportedUsage | null, later: ReportedUsage): ReportedUsage {
  if (earlier === null) return later;
  const isLess = (later.completionTokens ?? -1) < (earlier.completionTokens ?? -1);
  const output = isLess ? earlier : later;
  const input = later.promptTokens === null ? earlier : later;
  return {
    promptTokens: input.promptTokens,
    cachedTokens: input.cachedTokens,
    completionTokens: output.completionTokens,
    reasoningTokens: output.reasoningTokens,
    audio: later.audio ?? earlier.audio,
  };
}

/** For an answer that came to its end: the backend's figures, and Lumen's where there are none. */
export function usageOfWhole(reported: TokenUsage | null, counted: CountedUsage): SettledUsage {
  const usage = reported ?? NO_USAGE;
  const isReported = usage.promptTokens !== null && usage.completionTokens !== null;
  return {
    usage: {
      promptTokens: usage.promptTokens ?? counted.promptTokens,
      completionTokens: usage.completionTokens ?? counted.completionTokens,
      cachedTokens: usage.cachedTokens,
      reasoningTokens: usage.reasoningTokens,
    },
    accuracy: isReported ? 'exact' : 'estimated',
  };
}

/**
 * For an answer that did not: the backend's latest report, which may be behind what was produced
 * since, else what Lumen counted.
 */
export function usageOfPart(reported: TokenUsage | null, counted: CountedUsage): SettledUsage {
  const { usage } = usageOfWhole(reported, counted);
  const completionTokens = Math.max(usage.completionTokens ?? 0, counted.completionTokens);
  return { usage: { ...usage, completionTokens }, accuracy: 'partial' };
}

function detail(details: unknown, key: string): unknown {
  return typeof details === 'object' && details !== null
    ? (details as Record<string, unknown>)[key]
    : undefined;
}

function count(value: unknown, most: number): number | null {
  const isCount = typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
  return isCount && value <= most ? value : null;
}
