import { DAY_MS, HOUR_MS } from '../rollups/rollup-tables.js';

const MOST_REMEMBERED_DAYS = 5_000;

/** What an IANA time zone says of moments, quickly enough for every hour of years. */
export class TimeZone {
  private readonly format: Intl.DateTimeFormat;
  /** By day of UTC: the offset of the whole day, or null where it changes within. */
  private readonly offsets = new Map<number, number | null>();

  /** @throws RangeError for a zone that is unknown; ask `isTimeZone` first */
  constructor(readonly name: string) {
    this.format = formatOf(name);
  }

  /** Local time minus UTC at a moment, in milliseconds. */
  offsetAt(atMs: number): number {
    const day = Math.floor(atMs / DAY_MS);
    let offset = this.offsets.get(day);
    if (offset === undefined) {
      const first = this.measure(day * DAY_MS);
      offset = first === this.measure((day + 1) * DAY_MS) ? first : null;
      if (this.offsets.size >= MOST_REMEMBERED_DAYS) this.offsets.clear();
      this.offsets.set(day, offset);
    }
    return offset ?? this.measure(atMs);
  }

  /** Local time as a date whose UTC parts are the local ones. */
  localAt(atMs: number): Date {
    return new Date(atMs + this.offsetAt(atMs));
  }

  /** The moment a local day begins; where clocks skip midnight, the first moment after it. */
  startOfDay(year: number, month: number, day: number): number {
    const wanted = Date.UTC(year, month, day);
    const first = wanted - this.offsetAt(wanted);
    const atMs = wanted - this.offsetAt(first);
    if (atMs + this.offsetAt(atMs) < wanted) return first;
    const before = atMs - HOUR_MS;
    return before + this.offsetAt(before) >= wanted ? before : atMs;
  }

  private measure(atMs: number): number {
    const parts: Record<string, number> = {};
    for (const { type, value } of this.format.formatToParts(atMs)) parts[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(atMs / 1000) * 1000;
  }
}

/** Is this the name of a time zone that this server knows? */
export function isTimeZone(name: string): boolean {
  try {
    formatOf(name);
    return true;
  } catch {
    return false;
  }
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
}
