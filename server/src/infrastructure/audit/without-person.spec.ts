import { describe, expect, it } from '@jest/globals';
import { type AuditEntry } from './audit-entry.entity.js';
import { GONE, withoutPerson } from './without-person.js';

const ADA = {
  id: 'u-1',
  emails: ['ada+x@x.edu', 'ada@old.edu'],
  names: ['Ada King', 'Ada'],
  issuer: 'https://id.x.edu',
  subject: 's-1',
};

const entry = (changes: Partial<AuditEntry>): AuditEntry => ({
  id: 'e-1',
  at: new Date(0),
  actorKind: 'user',
  actorId: 'u-2',
  actorName: 'root@x.edu',
  action: 'user.login',
  outcome: 'done',
  objectKind: null,
  objectId: null,
  objectName: null,
  before: null,
  after: null,
  reason: null,
  ip: '192.0.2.1',
  requestId: null,
  ...changes,
});

describe('a line of the audit log without a person', () => {
  it('forgets who did it, and where they were', () => {
    const line = entry({
      ...{ actorId: 'u-1', actorName: 'ada+x@x.edu' },
      before: { userAgent: 'Firefox', ip: '192.0.2.1', name: 'Ada' },
      after: { owner: 'ada+x@x.edu', models: ['m'], count: 2 },
    });
    expect(withoutPerson(line, ADA)).toEqual({
      actorName: GONE,
      objectName: null,
      before: { userAgent: null, ip: null, name: GONE },
      after: { owner: GONE, models: ['m'], count: 2 },
      reason: null,
      ip: null,
    });
  });

  it('forgets whom it was done to, but not who did it', () => {
    const line = entry({ objectId: 'u-1', objectName: 'ada+x@x.edu', reason: 'Ada+X@x.edu left' });
    expect(withoutPerson(line, ADA)).toMatchObject({
      ...{ actorName: 'root@x.edu', ip: '192.0.2.1' },
      ...{ objectName: GONE, reason: `${GONE} left` },
    });
  });

  it('leaves what others are called alike', () => {
    const line = entry({ after: { name: 'Ada', manager: 'ada+x@x.edu' } });
    expect(withoutPerson(line, ADA).after).toEqual({ name: 'Ada', manager: GONE });
  });

  it.each([
    'bada+x@x.edu',
    'b.ada@old.edu',
    'b-ada@old.edu',
    'ada@old.edu.au',
    'ada@old.education',
    'ada@old.edu-x.org',
  ])('leaves %s, who is somebody else', (email) => {
    const line = entry({
      ...{ actorName: email, objectName: email, reason: `for ${email}` },
      after: { paths: [`users["${email}"].max`] },
    });
    expect(withoutPerson(line, ADA)).toMatchObject({
      ...{ actorName: email, objectName: email, reason: `for ${email}` },
      after: { paths: [`users["${email}"].max`] },
    });
  });

  it.each([
    'ada@old.edu',
    'Ada@Old.EDU',
    '<ada@old.edu>',
    "'ada@old.edu'.",
    'users["ada@old.edu"]',
  ])('finds them in %s', (text) => {
    const { reason } = withoutPerson(entry({ reason: text }), ADA);
    expect(reason).toBe(text.replace(/ada@old\.edu/i, GONE));
  });

  it('forgets where a session was that an administrator ended, but not where that one was', () => {
    const line = entry({
      ...{ action: 'session.end', objectKind: 'session', objectId: 's', objectName: 'ada@old.edu' },
      before: { userAgent: 'Firefox', ip: '192.0.2.9' },
    });
    expect(withoutPerson(line, ADA)).toMatchObject({
      ...{ objectName: GONE, ip: '192.0.2.1' },
      before: { userAgent: null, ip: null },
    });
  });

  it('forgets a login that was refused, by who it was at the provider', () => {
    const line = entry({
      ...{ actorKind: 'anonymous', actorId: null, actorName: 'anonymous', outcome: 'refused' },
      after: { issuer: 'https://id.x.edu', subject: 's-1', email: 'ada@old.edu' },
    });
    expect(withoutPerson(line, ADA)).toMatchObject({
      ip: null,
      after: { issuer: null, subject: null, email: GONE },
    });
    const other = { ...line, after: { ...line.after, subject: 's-2', email: 'b@x.edu' } };
    expect(withoutPerson(other, ADA)).toMatchObject({ ip: '192.0.2.1', after: other.after });
  });

  it('forgets their name in what they called things', () => {
    const line = entry({
      ...{ actorId: 'u-1', objectKind: 'api_key', objectName: 'Ada King’s laptop, not Adas' },
      before: { name: 'ada' },
    });
    expect(withoutPerson(line, ADA)).toMatchObject({
      before: { name: GONE },
      objectName: `${GONE}’s laptop, not Adas`,
    });
  });
});
