import { type Announcement } from '../../core/api/schema';

export type Status = 'scheduled' | 'active' | 'over';

/** Where an announcement is in its time. */
export function statusOf(
  { startsAt, endsAt }: Pick<Announcement, 'startsAt' | 'endsAt'>,
  now: Date,
): Status {
  if (new Date(startsAt) > now) return 'scheduled';
  return endsAt !== null && new Date(endsAt) <= now ? 'over' : 'active';
}

/** A time as a field for local times takes it, to the minute; empty for none. */
export function toLocalField(iso: string | null): string {
  if (iso === null) return '';
  const time = new Date(iso);
  const local = new Date(time.getTime() - time.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

/** The moment a field for local times names; null if it is empty. */
export function fromLocalField(value: string): string | null {
  return value === '' ? null : new Date(value).toISOString();
}
