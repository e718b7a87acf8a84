import { type AuditEntry } from './audit-entry.entity.js';

export interface GonePerson {
  id: string;
  /** Today's and those of before; none is empty. */
  emails: readonly string[];
  names: readonly string[];
  /** Who they are at their provider. */
  issuer: string | null;
  subject: string | null;
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
  const isTheirs = isActor || isObject || isOfSession(entry, person) || isOfLogin(entry, person);
  const inText = (text: string) => withoutNames(text, isTheirs ? person : { ...person, names: [] });
  return {
    actorName: isActor ? GONE : inText(entry.actorName),
    objectName: isObject ? GONE : entry.objectName && inText(entry.objectName),
    before: entry.before && cleaned(entry.before, inText, isTheirs),
    after: entry.after && cleaned(entry.after, inText, isTheirs),
    reason: entry.reason && inText(entry.reason),
    // Who was refused at the door is nobody yet, but it was they who stood there.
    ip: isActor || (isTheirs && entry.actorKind === 'anonymous') ? null : entry.ip,
  };
}

/** A session is named after whom it was of, also where an administrator ended it. */
function isOfSession({ objectKind, objectName }: AuditEntry, { emails }: GonePerson): boolean {
  return objectKind === 'session' && emails.includes(objectName?.toLowerCase() ?? '');
}

function isOfLogin({ after }: AuditEntry, { issuer, subject }: GonePerson): boolean {
  return subject !== null && after?.['subject'] === subject && after['issuer'] === issuer;
}

function cleaned<T>(value: T, inText: (text: string) => string, isTheirs: boolean): T {
  if (typeof value === 'string') return inText(value) as T;
  if (Array.isArray(value)) {
    return value.map((each: unknown) => cleaned(each, inText, isTheirs)) as T;
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, each]) => [
    key,
    isTheirs && WHEREABOUTS.has(key) ? null : cleaned(each as unknown, inText, isTheirs),
  ]);
  return Object.fromEntries(entries) as T;
}

/** Within a longer address, or a longer name, it is somebody else's. */
function withoutNames(text: string, { emails, names }: Pick<GonePerson, 'emails' | 'names'>) {
  let rest = text;
  for (const email of emails) {
    const alone = `(?<![\\p{L}\\p{N}._%+-])${literal(email)}(?![\\p{L}\\p{N}-]|\\.[\\p{L}\\p{N}])`;
    rest = rest.replace(new RegExp(alone, 'giu'), GONE);
  }
  for (const name of names) {
    const alone = `(?<![\\p{L}\\p{N}])${literal(name)}(?![\\p{L}\\p{N}])`;
    rest = rest.replace(new RegExp(alone, 'giu'), GONE);
  }
  return rest;
}

const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
