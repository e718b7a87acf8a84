const SECOND = 1000;

/**
 * A backend's `retry-after`, in seconds or as a date, as milliseconds from now; null: it says nothing
 * that makes sense. A date that has passed is 0.
 */
export function retryAfterMs(header: string | undefined, nowMs: number): number | null {
  const text = header?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * SECOND;
  // Everything else that has digits may be taken for a date, negative numbers too.
  const at = /^[a-z]{3}/i.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? null : Math.max(0, at - nowMs);
}
