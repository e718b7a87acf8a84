import { AppError } from '../../infrastructure/errors/app-error.js';
import { DAY_MS, HOUR_MS } from '../rollups/rollup-tables.js';
import { isTimeZone, TimeZone } from './time-zone.js';

export const PERIODS = [
  'today',
  '24h',
  '7d',
  '30d',
  '90d',
  '365d',
  'month',
  'last_month',
  'year',
] as const;
export type PeriodName = (typeof PERIODS)[number];

/** A time from `from` up to, not including, `to`, both at whole hours of UTC. */
export interface HourRange {
  readonly from: number;
  readonly to: number;
}

export interface UsagePeriod extends HourRange {
  readonly zone: TimeZone;
}

/** What somebody asked for; `from` and `to` beat `period`. */
export interface AskedPeriod {
  from?: Date;
  to?: Date;
  period?: PeriodName;
  tz?: string;
}

const LONGEST_MS = 1_100 * DAY_MS;
const EARLIEST_MS = Date.UTC(2000, 0, 1);
const LATEST_AHEAD_MS = 400 * DAY_MS;

/**
 * The period that was asked for, widened to whole hours: sums are kept by hour.
 * @throws AppError invalid_request, naming the field
 */
export function readPeriod(asked: AskedPeriod, nowMs: number): UsagePeriod {
  const name = asked.tz ?? 'UTC';
  if (!isTimeZone(name)) {
    throw invalid('tz', `tz is an IANA time zone such as Europe/Berlin, and "${name}" is none.`);
  }
  const zone = new TimeZone(name);
  const range = asked.from || asked.to ? explicit(asked, nowMs) : named(asked, zone, nowMs);
  if (range.to - range.from > LONGEST_MS) {
    throw invalid('from', 'from is at most 1,100 days before to.');
  }
  return { ...range, zone };
}

/** The period of the same length right before. */
export function periodBefore({ from, to, zone }: UsagePeriod): UsagePeriod {
  return { from: from - (to - from), to: from, zone };
}

function explicit({ from, to }: AskedPeriod, nowMs: number): HourRange {
  if (!from) throw invalid('from', 'from is needed where to is given.');
  const [fromMs, toMs] = [from.getTime(), to?.getTime() ?? nowMs];
  if (fromMs < EARLIEST_MS) throw invalid('from', 'from is not before the year 2000.');
  if (toMs > nowMs + LATEST_AHEAD_MS) throw invalid('to', 'to is at most 400 days ahead.');
  if (fromMs >= toMs) throw invalid('from', 'from is before to.');
  return { from: hourOf(fromMs), to: hourOf(toMs + HOUR_MS - 1) };
}

function named({ period = '30d' }: AskedPeriod, zone: TimeZone, nowMs: number): HourRange {
  const now = zone.localAt(nowMs);
  const [year, month, day] = [now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()];
  const to = hourOf(nowMs) + HOUR_MS;
  const since = (y: number, m: number, d: number) => hourOf(zone.startOfDay(y, m, d));
  const days = (count: number) => ({ from: since(year, month, day - count + 1), to });
  switch (period) {
    case 'today':
      return days(1);
    case '24h':
      return { from: to - DAY_MS, to };
    case 'month':
      return { from: since(year, month, 1), to };
    case 'last_month':
      return { from: since(year, month - 1, 1), to: since(year, month, 1) };
    case 'year':
      return { from: since(year, 0, 1), to };
    default:
      return days(Number.parseInt(period, 10));
  }
}

const hourOf = (ms: number) => ms - (ms % HOUR_MS);

function invalid(field: string, message: string): AppError {
  return new AppError('invalid_request', message, {
    param: field,
    details: { fields: { [field]: [message] } },
  });
}
