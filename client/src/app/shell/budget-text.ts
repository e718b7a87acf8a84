import { type Budget } from '../core/api/schema';

export interface BudgetTexts {
  perHour: (amount: string) => string;
  nextIn: (amount: string, wait: string) => string;
  minutes: (count: number) => string;
  hours: (count: number) => string;
  full: string;
}

const MINUTE = 60_000;
/** From here on minutes say too much. */
const HOURS_FROM = 90;

/** The part that is left, from 0 to 1. */
export function shareLeft({ balance, max }: Budget): number {
  const most = Number(max);
  return most > 0 ? Math.min(Math.max(Number(balance) / most, 0), 1) : 0;
}

/** What comes back, and when: "+0.1 per hour · next in 42 min"; empty where nothing does. */
export function refillText(
  { refresh, nextRefreshAt, fullAt, balance, max }: Budget,
  nowMs: number,
  { texts, number }: { texts: BudgetTexts; number: (value: number) => string },
): string {
  const perHour = Number(refresh);
  if (!(perHour > 0)) return '';
  if (nextRefreshAt === null) {
    return fullAt === null && Number(balance) < Number(max) ? '' : texts.full;
  }
  return texts.nextIn(texts.perHour(number(perHour)), waitText(nextRefreshAt, nowMs, texts));
}

/** How long until then, in minutes or hours, at least one minute. */
export function waitText(
  iso: string,
  nowMs: number,
  texts: Pick<BudgetTexts, 'minutes' | 'hours'>,
): string {
  const minutes = Math.max(1, Math.ceil((Date.parse(iso) - nowMs) / MINUTE));
  return minutes < HOURS_FROM ? texts.minutes(minutes) : texts.hours(Math.round(minutes / 60));
}
