const DAY_MS = 86_400_000;

/** What a new key's end can be chosen from: days from now, or a day of one's choice. */
export const EXPIRIES = ['never', '30', '90', '365', 'day'] as const;
export type Expiry = (typeof EXPIRIES)[number];

/** When a key ends; null: never. A chosen day is its last, to its end where the person is. */
export function expiryTime(choice: Expiry, day: string, now: Date): Date | null {
  if (choice === 'never') return null;
  if (choice === 'day') return new Date(`${day}T23:59:59.999`);
  return new Date(now.getTime() + Number(choice) * DAY_MS);
}

/** A day as `<input type="date">` has it, today or later. */
export function isDayToCome(day: string, now: Date): boolean {
  const end = expiryTime('day', day, now);
  return end !== null && end.getTime() > now.getTime();
}
