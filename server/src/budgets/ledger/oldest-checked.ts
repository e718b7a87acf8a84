const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/**
 * From which request on charges and log are compared, by the ids of the log's first and last row.
 * Retention removes what is old, by time, and never anything of the last day; at the edge ids and
 * times may differ by moments, so that the first minute of a log that may have lost some is left out.
 */
export function oldestChecked(firstId: string | null, lastId: string | null): string {
  if (firstId === null || lastId === null) return '';
  const firstMs = timeOf(firstId);
  if (timeOf(lastId) - firstMs < DAY_MS) return firstId;
  const time = (firstMs + MINUTE_MS).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}`;
}

/** A UUIDv7 begins with its time in milliseconds. */
function timeOf(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}
