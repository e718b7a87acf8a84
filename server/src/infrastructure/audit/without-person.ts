import { type AuditEntry } from './audit-entry.entity.js';

export interface GonePerson {
  id: string;
  email: string;
  name: string;
}

/** What stands where a person's name stood. */
export const GONE = 'a person who is gone';

/** Say where somebody was, or who they are elsewhere. */
const WHEREABOUTS = new Set(['ip', 'userAgent', 'subject', 'issuer']);

type Changed = Pick<AuditEntry, 'actorName' | 'objectName' | 'before' | 'after' | 'reason' | 'ip'>;

/** The fields of a line of the audit log, without the name and the address of this person. */
export function withoutPerson(entry: AuditEntry, person: GonePerson): Changed {
  const isActor = entry.actorId === person.id;
  const isObject = entry.objectId === person.id;
  const isTheirs = isActor || isObject;
  return {
    actorName: isActor ? GONE : withoutAddress(entry.actorName, person),
    objectName: isObject ? GONE : entry.objectName && withoutAddress(entry.objectName, person),
    before: entry.before && cleaned(entry.before, person, isTheirs),
    after: entry.after && cleaned(entry.after, person, isTheirs),
    reason: entry.reason && withoutAddress(entry.reason, person),
    ip: isActor ? null : entry.ip,
  };
}

function cleaned<T>(value: T, person: GonePerson, isTheirs: boolean): T {
  if (typeof value === 'string') {
    return (isTheirs && value === person.name ? GONE : withoutAddress(value, person)) as T;
  }
  if (Array.isArray(value)) {
    return value.map((each: unknown) => cleaned(each, person, isTheirs)) as T;
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, each]) => [
    key,
    isTheirs && WHEREABOUTS.has(key) ? null : cleaned(each as unknown, person, isTheirs),
  ]);
  return Object.fromEntries(entries) as T;
}

function withoutAddress(text: string, { email }: GonePerson): string {
  const address = new RegExp(email.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'gi');
  return text.replace(address, GONE);
}
