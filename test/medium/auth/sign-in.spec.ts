import { describe, expect, it } from '@jest/globals';
import { LoginService } from '../../../server/src/auth/login.service.js';
import { SessionEndingsService } from '../../../server/src/auth/session-endings.service.js';
import { SessionsService } from '../../../server/src/auth/sessions.service.js';
import { SYSTEM_CONTEXT } from '../../../server/src/infrastructure/audit/audit-context.js';
import { AuditEntry } from '../../../server/src/infrastructure/audit/audit-entry.entity.js';
import { ChangesService } from '../../../server/src/infrastructure/changes/changes.service.js';
import { newId } from '../../../server/src/infrastructure/crypto/identifiers.js';
import { type SignInIdentity, UsersService } from '../../../server/src/users/index.js';
import { User } from '../../../server/src/users/user.entity.js';
import { TestApplication } from '../../support/lumen/application.js';
import { DIALECTS } from '../../support/lumen/lumen-server.js';
import { startReplica } from '../../support/lumen/replica.js';
import { until } from '../../support/until.js';

const AUDIT = { ...SYSTEM_CONTEXT, actorKind: 'anonymous', ip: '192.0.2.7' } as const;
const BROWSER = { ip: '192.0.2.7', userAgent: 'Firefox', previousToken: undefined };
const ADA: SignInIdentity = {
  issuer: 'https://idp.example',
  subject: 'ada',
  email: 'ada@example.edu',
  isEmailVerified: true,
  name: 'Ada',
  claims: { affiliation: 'staff' },
};

function logIn(app: TestApplication, identity: Partial<SignInIdentity>, id = newId()) {
  const login = { id, identity: { ...ADA, ...identity }, returnTo: '/chat' };
  return app.context.get(LoginService).loginVerified(login, BROWSER, AUDIT);
}

const everybody = (app: TestApplication) => app.dataSource.getRepository(User).find();

describe.each(DIALECTS)('signing in on %s', (dialect) => {
  it('asks whoever has a role for a second factor, where it is told to', async () => {
    const mfa = 'https://refeds.org/profile/mfa';
    await using app = await TestApplication.start(dialect, {
      extra: `
admins: [ada@example.edu]
engineers: [eve@example.edu]
oauth2: { second_factor: [${mfa}, otp] }`,
    });
    const refused = { code: 'second_factor_missing' };
    await expect(logIn(app, {})).rejects.toMatchObject(refused);
    await expect(logIn(app, { claims: { acr: 'password' } })).rejects.toMatchObject(refused);
    expect(await everybody(app)).toEqual([]);
    expect(await logIn(app, { claims: { acr: mfa } })).toEqual(expect.any(String));
    const eve = { subject: 'eve', email: 'eve@example.edu', claims: { amr: ['pwd', 'otp'] } };
    expect(await logIn(app, eve)).toEqual(expect.any(String));
    const student = { subject: 'bob', email: 'bob@example.edu' };
    expect(await logIn(app, student)).toEqual(expect.any(String));
    await app.dataSource
      .getRepository(User)
      .update({ email: student.email }, { grantedRoles: ['auditor'] });
    await expect(logIn(app, student)).rejects.toMatchObject(refused);
  });

  it('gives nothing of the configuration for an address that is not verified', async () => {
    await using app = await TestApplication.start(dialect, {
      extra: `
superadmins: [boss@example.edu]
users: { dean@example.edu: { max: 1000, refresh: 0, starting: 1000 } }
oauth2: { allow_unverified_email: true }`,
    });
    const eve = { subject: 'eve', isEmailVerified: false };
    const refused = { code: 'identity_conflict' };
    for (const email of ['boss@example.edu', 'dean@example.edu']) {
      await expect(logIn(app, { ...eve, email })).rejects.toMatchObject(refused);
      expect(await everybody(app)).toEqual([]);
    }
    await logIn(app, { ...eve, email: 'eve@example.edu' });
    await expect(logIn(app, { ...eve, email: 'boss@example.edu' })).rejects.toMatchObject(refused);
    expect(await everybody(app)).toMatchObject([{ email: 'eve@example.edu' }]);
    const boss = { subject: 'boss', email: 'boss@example.edu' };
    await logIn(app, boss);
    // Once proven it is theirs.
    await logIn(app, { ...boss, isEmailVerified: false });
  });

  it('makes a person of somebody new, and knows them the next time', async () => {
    await using app = await TestApplication.start(dialect);
    await logIn(app, {});
    await logIn(app, { name: 'Ada King', claims: { affiliation: ['alum', 'member'] } });
    const people = await everybody(app);
    expect(people).toHaveLength(1);
    expect(people[0]).toMatchObject({
      email: 'ada@example.edu',
      name: 'Ada King',
      claims: { affiliation: ['alum', 'member'] },
      isActive: true,
      lastLoginAt: expect.any(Date) as unknown,
    });
    const entries = await app.dataSource.getRepository(AuditEntry).find({ order: { id: 'ASC' } });
    expect(entries).toMatchObject([
      { action: 'user.login', outcome: 'done', actorId: people[0]!.id, after: { account: 'new' } },
      { before: { name: 'Ada' }, after: { account: 'known', name: 'Ada King' } },
    ]);
  });

  it('adopts a person known by address alone, once', async () => {
    await using app = await TestApplication.start(dialect);
    const named = await app.context.get(UsersService).ensure('Ada@Example.edu');
    await logIn(app, {});
    expect(await everybody(app)).toMatchObject([{ id: named.id, subject: 'ada' }]);
    await expect(logIn(app, { subject: 'another' })).rejects.toMatchObject({
      code: 'identity_conflict',
      userId: named.id,
    });
    await expect(logIn(app, { issuer: 'https://other.example' })).rejects.toMatchObject({
      code: 'identity_conflict',
    });
    expect(await everybody(app)).toMatchObject([{ id: named.id, subject: 'ada' }]);
  });

  it('does not adopt anybody by an address that is not verified', async () => {
    await using app = await TestApplication.start(dialect);
    await app.context.get(UsersService).ensure('ada@example.edu');
    await expect(logIn(app, { isEmailVerified: false })).rejects.toMatchObject({
      code: 'identity_conflict',
    });
    expect(await everybody(app)).toMatchObject([{ subject: null, claims: null }]);
  });

  it('follows a change of address, but not onto that of another person', async () => {
    await using app = await TestApplication.start(dialect);
    await logIn(app, {});
    await logIn(app, { subject: 'bob', email: 'bob@example.edu' });
    await logIn(app, { email: 'ada.king@example.edu' });
    await expect(logIn(app, { email: 'bob@example.edu' })).rejects.toMatchObject({
      code: 'identity_conflict',
    });
    const emails = (await everybody(app)).map(({ email }) => email).sort();
    expect(emails).toEqual(['ada.king@example.edu', 'bob@example.edu']);
  });

  it('refuses who is deactivated, and leaves their account as it was', async () => {
    await using app = await TestApplication.start(dialect);
    const token = await logIn(app, {});
    const sessions = app.context.get(SessionsService);
    const { userId } = (await sessions.find(token))!;
    await app.dataSource.getRepository(User).update({ id: userId! }, { isActive: false });
    await app.context.get(ChangesService).publish('owner', userId!);
    expect(await sessions.find(token)).toBeNull();
    await expect(logIn(app, { name: 'Eve' })).rejects.toMatchObject({ code: 'user_deactivated' });
    expect(await everybody(app)).toMatchObject([{ name: 'Ada', isActive: false }]);
  });

  it('does not give the sessions back to who is activated again', async () => {
    await using app = await TestApplication.start(dialect);
    const token = await logIn(app, {});
    const sessions = app.context.get(SessionsService);
    const { userId } = (await sessions.find(token))!;
    await app.dataSource.getRepository(User).update({ id: userId! }, { isActive: false });
    await app.context.get(ChangesService).publish('owner', userId!);
    await until(async () => (await sessions.listOf(userId!)).length === 0);
    await app.dataSource.getRepository(User).update({ id: userId! }, { isActive: true });
    await app.context.get(ChangesService).publish('owner', userId!);
    expect(await sessions.find(token)).toBeNull();
  });

  it('makes one session of one login, on whichever replica it is completed', async () => {
    await using app = await TestApplication.start(dialect);
    const id = newId();
    await logIn(app, {}, id);
    await expect(logIn(app, {}, id)).rejects.toMatchObject({ code: 'login_replayed' });
    const tries = await Promise.allSettled(
      Array.from({ length: 4 }, () => logIn(app, { subject: 's', email: 's@b' }, 'the-same')),
    );
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await app.dataSource.getRepository(AuditEntry).count()).toBe(2);
  });

  it('makes one person of a first login that happens ten times at once', async () => {
    await using app = await TestApplication.start(dialect);
    const tokens = await Promise.all(Array.from({ length: 10 }, () => logIn(app, {})));
    expect(new Set(tokens).size).toBe(10);
    expect(await everybody(app)).toHaveLength(1);
  });

  it('lets only one identity adopt a person, however many try at once', async () => {
    await using app = await TestApplication.start(dialect);
    await app.context.get(UsersService).ensure('ada@example.edu');
    const subjects = Array.from({ length: 10 }, (_, n) => `subject-${n}`);
    const tries = await Promise.allSettled(subjects.map((subject) => logIn(app, { subject })));
    const winner = tries.findIndex(({ status }) => status === 'fulfilled');
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await everybody(app)).toMatchObject([{ subject: subjects[winner] }]);
  });

  it('keeps neither session nor person of a login that is refused at its end', async () => {
    await using app = await TestApplication.start(dialect);
    const id = newId();
    await logIn(app, {}, id);
    await expect(logIn(app, { subject: 'bob', email: 'bob@b' }, id)).rejects.toThrow();
    expect(await everybody(app)).toHaveLength(1);
    expect(await app.dataSource.query('SELECT id FROM sessions')).toHaveLength(1);
  });

  it('is heard by other replicas, and so is its end', async () => {
    await using app = await TestApplication.start(dialect);
    await using other = await startReplica(app);
    const token = await logIn(app, {});
    const elsewhere = other.context.get(SessionsService);
    expect(await elsewhere.find(token)).toMatchObject({ name: 'Ada' });
    const again = await logIn(app, { name: 'Ada King' });
    await other.context.get(ChangesService).lookNow();
    expect(await elsewhere.find(token)).toMatchObject({ name: 'Ada King' });
    const principal = (await elsewhere.find(again))!;
    await app.context.get(SessionEndingsService).endOthers(principal, AUDIT);
    await other.context.get(ChangesService).lookNow();
    expect(await elsewhere.find(token)).toBeNull();
    expect(await elsewhere.find(again)).not.toBeNull();
    await app.context.get(SessionsService).endAllOf(principal.ownerId);
    await other.context.get(ChangesService).lookNow();
    expect(await elsewhere.find(again)).toBeNull();
  });

  it('takes claims that would break text, SQL or JSON', async () => {
    await using app = await TestApplication.start(dialect);
    const claims = { a: '\u0000\ud800', "'; DROP TABLE users; --": [null, { b: 'x\\' }] };
    await logIn(app, { claims, name: "Robert'); --" });
    expect(await everybody(app)).toMatchObject([{ claims, name: "Robert'); --" }]);
  });
});
