import { daysBefore, startOfDay } from '../list/day-groups';

/** How far back one looks, in the reader's own days. */
export const PERIODS = ['week', 'thirtyDays', 'year'] as const;
export type SearchPeriod = (typeof PERIODS)[number];

/** When a period began that goes on now. */
export function beginningOf(period: SearchPeriod, nowMs: number): Date {
  const today = startOfDay(nowMs);
  if (period === 'year') return new Date(today.getFullYear(), 0, 1);
  return daysBefore(today, period === 'week' ? 7 : 30);
}
