import { type ReportedUsage, type SettledUsage } from '../answers/reported-usage.js';
import { type AudioLength } from './audio-length.js';

/** How audio is charged. */
export interface AudioTerms {
  readonly length: AudioLength;
  /** It is paid for by its length alone, so that tokens are worth noting only where they are reported. */
  readonly isByLength: boolean;
}

/**
 * What is charged, with the length of the audio: as the backend reports it, else as it was measured,
 * else up to the last word that was timed, else as its size suggests.
 */
export function chargedAudio(
  used: SettledUsage,
  reported: ReportedUsage | null,
  { length, isByLength }: AudioTerms,
): SettledUsage {
  const { ms, isCertain } = chargedLength(length, reported);
  const audioMs = Math.min(ms, length.plausible);
  if (!isByLength) return { ...used, audioMs };
  const { promptTokens, completionTokens } = reported ?? {
    promptTokens: null,
    completionTokens: null,
  };
  const usage = { ...used.usage, promptTokens, completionTokens };
  const isPartial = used.accuracy === 'partial';
  return { usage, audioMs, accuracy: isPartial ? 'partial' : isCertain ? 'exact' : 'estimated' };
}

function chargedLength(length: AudioLength, reported: ReportedUsage | null) {
  const audio = reported?.audio ?? null;
  if (audio && !audio.isToLastWord) return { ms: audio.ms, isCertain: true };
  if (length.isMeasured) return { ms: length.likely, isCertain: true };
  return { ms: audio?.ms ?? length.likely, isCertain: false };
}
