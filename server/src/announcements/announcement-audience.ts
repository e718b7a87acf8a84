import { type Announcement } from './announcement.entity.js';

/** Who looks: the names of somebody's groups, or null for who is not signed in. */
export type Reader = ReadonlySet<string> | null;

const ORDER = ['critical', 'warning', 'info', 'success'];

/** What somebody is shown at a moment: the gravest first, then the latest. */
export function shownTo(
  announcements: readonly Announcement[],
  reader: Reader,
  now: Date,
): Announcement[] {
  return announcements
    .filter((each) => isCurrent(each, now) && isFor(each, reader))
    .sort(
      (a, b) =>
        ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity) ||
        b.startsAt.getTime() - a.startsAt.getTime(),
    );
}

export function isCurrent({ startsAt, endsAt }: Announcement, now: Date): boolean {
  return startsAt <= now && (endsAt === null || now < endsAt);
}

function isFor({ audience, groups }: Announcement, reader: Reader): boolean {
  if (audience === 'everyone') return true;
  if (reader === null) return false;
  return audience === 'signed_in' || groups.some((name) => reader.has(name));
}
