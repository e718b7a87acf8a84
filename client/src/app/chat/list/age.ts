export interface AgeTexts {
  now: string;
  minutes: (count: number) => string;
  hours: (count: number) => string;
  days: (count: number) => string;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long ago something was, as short as can be; after a week its date. */
export function ageOf(
  iso: string,
  nowMs: number,
  texts: AgeTexts & { date: (iso: string) => string },
): string {
  const age = Math.max(0, nowMs - Date.parse(iso));
  if (age < MINUTE) return texts.now;
  if (age < HOUR) return texts.minutes(Math.floor(age / MINUTE));
  if (age < DAY) return texts.hours(Math.floor(age / HOUR));
  if (age < 7 * DAY) return texts.days(Math.floor(age / DAY));
  return texts.date(iso);
}
