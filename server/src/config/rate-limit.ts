/** At most `limit` requests in any window of `windowS` seconds. */
export interface RateLimit {
  limit: number;
  windowS: number;
}

const UNITS: Record<string, number> = { second: 1, minute: 60, hour: 3600, day: 86_400 };
const ONE = /^(\d{1,9})\s*(?:\/|per)\s*(\d{1,6}\s*)?(second|minute|hour|day)s?$/i;

/**
 * Takes `30 per minute`, `100/hour; 10/second` or `5 per 2 minutes` apart.
 * Answers `null` when a part is not understood or allows nothing.
 */
export function parseRateLimit(text: string): RateLimit[] | null {
  const limits: RateLimit[] = [];
  for (const part of text.split(/[;,]/)) {
    const match = ONE.exec(part.trim());
    const limit = Number(match?.[1] ?? 0);
    const windowS = Number(match?.[2] ?? 1) * (UNITS[match?.[3]?.toLowerCase() ?? ''] ?? 0);
    if (limit === 0 || windowS === 0) return null;
    limits.push({ limit, windowS });
  }
  return limits;
}

export function isRateLimit(text: string): boolean {
  return parseRateLimit(text) !== null;
}
