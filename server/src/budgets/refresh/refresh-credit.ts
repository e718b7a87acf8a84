const HOUR_MS = 3_600_000n;

/** The earliest that a pool is refreshed again. */
export const REFRESH_AFTER_MS = 3_600_000;

/** What the credit of a pool follows from. Its balance has no say: the statement that adds looks at it. */
export interface RefreshTerms {
  /** Per hour; nano-coins or tokens, as is `max`. */
  readonly refresh: bigint;
  readonly max: bigint;
  /** Up to when the refresh has been credited. */
  readonly refreshedAtMs: number;
}

/**
 * What arrives between two times, the first excluded and the second included. A unit arrives at each
 * multiple of an hour / `refresh` since 1970: so what is counted does not depend on how the time is
 * cut into pieces, no fraction is lost, and none is counted twice. 0 if time goes backwards.
 */
export function arrivedBetween(refresh: bigint, fromMs: number, toMs: number): bigint {
  if (toMs <= fromMs || refresh <= 0n) return 0n;
  return (BigInt(toMs) * refresh) / HOUR_MS - (BigInt(fromMs) * refresh) / HOUR_MS;
}

export function isDue({ refresh, refreshedAtMs }: RefreshTerms, nowMs: number): boolean {
  return refresh > 0n && nowMs - refreshedAtMs >= REFRESH_AFTER_MS;
}

/**
 * The most that is added to a pool now: what arrived, but never more than `max`, which keeps it within
 * 64 bits however long nobody refreshed.
 */
export function creditOf({ refresh, max, refreshedAtMs }: RefreshTerms, nowMs: number): bigint {
  const arrived = arrivedBetween(refresh, refreshedAtMs, nowMs);
  return arrived < max ? arrived : max;
}
