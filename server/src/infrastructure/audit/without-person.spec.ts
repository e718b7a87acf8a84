import { describe, expect, it } from '@jest/globals';
import { type AuditEntry } from './audit-entry.entity.js';
import { GONE, withoutPerson } from './without-person.js';

const ADA = { id: 'u-1', email: 'ada+x@x.edu', name: 'Ada' };

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
});
