const HOUR_MS = 3_600_000;

/** The stretches of time that checks are counted by. */
export const CHECK_SPANS = ['hour', 'day'] as const;
export type CheckSpan = (typeof CHECK_SPANS)[number];

/** How many of each are shown, and kept. */
export const KEPT_SPANS = 90;

const LENGTH_MS: Record<CheckSpan, number> = { hour: HOUR_MS, day: 24 * HOUR_MS };

/** The beginning of the span that a moment is in, by UTC, in milliseconds since 1970. */
export function startOfSpan(span: CheckSpan, atMs: number): number {
  return atMs - (atMs % LENGTH_MS[span]);
}

/** The beginnings of the spans that are kept, oldest first; the last is the one that runs now. */
export function keptStarts(span: CheckSpan, nowMs: number): number[] {
  const last = startOfSpan(span, nowMs);
  return Array.from(
    { length: KEPT_SPANS },
    (_, n) => last - (KEPT_SPANS - 1 - n) * LENGTH_MS[span],
  );
}
