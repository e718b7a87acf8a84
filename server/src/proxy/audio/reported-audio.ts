/** The length of audio as a backend reports it. */
export interface ReportedAudio {
  readonly ms: number;
  /** Up to the last word: silence after it is not counted. */
  readonly isToLastWord: boolean;
}

const SECOND = 1000;

/**
 * The length in a report of usage: `audio_seconds` or `last_word_seconds`, as the dialect of audio
 * puts it. Null where there is none, or one that cannot be: no number, nothing, or above `mostMs`.
 */
export function readAudio(
  usage: Readonly<Record<string, unknown>>,
  mostMs: number,
): ReportedAudio | null {
  const whole = milliseconds(usage['audio_seconds'], mostMs);
  if (whole !== null) return { ms: whole, isToLastWord: false };
  const words = milliseconds(usage['last_word_seconds'], mostMs);
  return words === null ? null : { ms: words, isToLastWord: true };
}

function milliseconds(seconds: unknown, mostMs: number): number | null {
  if (typeof seconds !== 'number' || !Number.isFinite(seconds) || seconds <= 0) return null;
  const ms = Math.ceil(seconds * SECOND);
  return ms <= mostMs ? ms : null;
}
