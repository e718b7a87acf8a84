/** Reads values of which nothing is known; what is not there, or of another kind, is null. */
export type JsonObject = Readonly<Record<string, unknown>>;

const MS = 1_000;
/** From here on it is milliseconds: in seconds it would be in the year 5138. */
const FIRST_MS = 100_000_000_000;

export function objectOf(value: unknown): JsonObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JsonObject)
    : null;
}

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Well-formed, and without the zero that PostgreSQL does not take. */
export function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value.toWellFormed().replaceAll('\0', '') : null;
}

/** A text that is a name of at most so many characters; null if it is longer, or empty. */
export function nameOf(value: unknown, longest: number): string | null {
  const text = textOf(value);
  return text !== null && text !== '' && text.length <= longest ? text : null;
}

/** Seconds, milliseconds or ISO 8601, as milliseconds; nothing before 2000 or in the future. */
export function timeOf(value: unknown): number | null {
  const ms = typeof value === 'string' ? Date.parse(value) : Number(value ?? NaN);
  const time = typeof value === 'string' || ms >= FIRST_MS ? ms : ms * MS;
  const isLikely = time >= Date.UTC(2000) && time <= Date.now();
  return isLikely ? Math.round(time) : null;
}
