/** The periods that the pages of usage offer; `custom` has `from` and `to` beside it. */
export const USAGE_PERIODS = ['30d', '24h', '7d', '90d', 'month', 'custom'] as const;
export type UsagePeriod = (typeof USAGE_PERIODS)[number];
export const USAGE_METRICS = ['cost', 'requests', 'tokens', 'errors'] as const;
export type UsageMetric = (typeof USAGE_METRICS)[number];

const DAY = /^\d{4}-\d\d-\d\d$/;
const LONGEST_DAYS = 1_096;
const DAY_MS = 86_400_000;

/** Where the person is: what days and hours mean. */
export const timeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Days, both included; null unless they make a period that the server takes. */
export function customDays(from: string, to: string): { from: Date; to: Date } | null {
  const first = localDay(from);
  const last = localDay(to);
  if (first === null || last === null || first > last) return null;
  if ((last.getTime() - first.getTime()) / DAY_MS > LONGEST_DAYS) return null;
  const end = new Date(last.getFullYear(), last.getMonth(), last.getDate() + 1);
  return { from: first, to: end };
}

function localDay(text: string): Date | null {
  if (!DAY.test(text)) return null;
  const [year, month, day] = text.split('-').map(Number) as [number, number, number];
  const date = new Date(year, month - 1, day);
  return date.getMonth() === month - 1 && year >= 2000 ? date : null;
}

/** What is asked of the server for a period and filters; empty filters are left out. */
export function usageQuery(
  period: { name: UsagePeriod; from: string; to: string },
  filters: Readonly<Record<string, string>>,
  zone = timeZone(),
): string {
  const query = new URLSearchParams({ tz: zone });
  const days = period.name === 'custom' ? customDays(period.from, period.to) : null;
  if (days !== null) {
    query.set('from', days.from.toISOString());
    query.set('to', days.to.toISOString());
  } else query.set('period', period.name === 'custom' ? '30d' : period.name);
  for (const [name, value] of Object.entries(filters)) if (value !== '') query.set(name, value);
  return query.toString();
}
