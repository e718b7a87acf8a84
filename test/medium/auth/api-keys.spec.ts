import { describe, expect, it } from '@jest/globals';
import { type FastifyRequest } from 'fastify';
import { ApiKeyAuthenticationService } from '../../../server/src/auth/api-key-authentication.service.js';
import { ApiKey } from '../../../server/src/auth/api-key.entity.js';
import { ApiKeysService } from '../../../server/src/auth/api-keys.service.js';
import { RecognisedCallerService } from '../../../server/src/auth/recognised-caller.service.js';
import { CLI_CONTEXT } from '../../../server/src/infrastructure/audit/audit-context.js';
import { AuditEntry } from '../../../server/src/infrastructure/audit/audit-entry.entity.js';
import { ClockService } from '../../../server/src/infrastructure/clock/clock.service.js';
import { UserAdministrationService } from '../../../server/src/users/user-administration.service.js';
import { UsersService } from '../../../server/src/users/users.service.js';
import { TestApplication } from '../../support/lumen/application.js';
import { DIALECTS } from '../../support/lumen/lumen-server.js';
import { moveTime } from '../../support/moving-clock.js';

const HOUR_MS = 3_600_000;
const REQUEST = {
  ...{ ip: '192.0.2.9', socket: { remoteAddress: '192.0.2.9' }, headers: {} },
} as unknown as FastifyRequest;

async function withKeys(app: TestApplication) {
  const keys = app.context.get(ApiKeysService);
  const door = app.context.get(ApiKeyAuthenticationService);
  const users = app.context.get(UsersService);
  const user = await users.ensure('ada@example.edu');
  const ada = { kind: 'user', id: user.id, name: user.email } as const;
  const created = await keys.create(CLI_CONTEXT, ada, { name: 'laptop' });
  return { keys, door, users, user, ada, created };
}

function auditOf(app: TestApplication): Promise<AuditEntry[]> {
  return app.dataSource.getRepository(AuditEntry).find({ order: { id: 'ASC' } });
}

describe.each(DIALECTS)('API keys on %s', (dialect) => {
  it('are of the documented shape, and neither they nor their plain hash are kept', async () => {
    await using app = await TestApplication.start(dialect);
    const { created } = await withKeys(app);
    expect(created.key).toMatch(/^sk_[A-Za-z0-9_-]{43}$/);
    expect(created.apiKey.hint).toBe(`${created.key.slice(0, 7)}…${created.key.slice(-4)}`);
    const rows: unknown = await app.dataSource.query('SELECT * FROM api_keys, audit_log');
    expect(JSON.stringify(rows)).not.toContain(created.key.slice(7, -4));
  });

  it('are recognised, the second time without the database', async () => {
    await using app = await TestApplication.start(dialect);
    const { door, user, created } = await withKeys(app);
    const first = await door.authenticate(created.key);
    expect(first).toMatchObject({ credential: 'api_key', userId: user.id, email: user.email });
    const second = door.authenticate(created.key);
    expect(second).toBe(first);
  });

  it('that are good are all found at once, however few wrong ones their address may try', async () => {
    const rateLimiting = '  failed_keys: 5 per hour';
    await using app = await TestApplication.start(dialect, { rateLimiting });
    const { keys, door, users, created } = await withKeys(app);
    const good = [...Array<string>(20).fill(created.key)];
    for (let n = 0; n < 20; n += 1) {
      const { id, email } = await users.ensure(`person-${n}@example.edu`);
      const owner = { kind: 'user', id, name: email } as const;
      good.push((await keys.create(CLI_CONTEXT, owner, { name: 'x' })).key);
    }
    const wrong = Array.from({ length: 9 }, (_, n) => `sk_${String(n).repeat(43)}`);
    const ask = async (key: string) => (await door.authenticate(key, REQUEST)) !== null;
    const asked = [...good, ...wrong].map((key) => ask(key).catch(() => 'refused'));
    const answers = await Promise.all(asked);
    expect(answers.slice(0, good.length)).toEqual(good.map(() => true));
    const others = answers.slice(good.length).sort();
    expect(others).toEqual([...Array<false>(5).fill(false), ...Array<string>(4).fill('refused')]);
  });

  it('are a hundred for an owner at the most, also when all are made at once', async () => {
    await using app = await TestApplication.start(dialect);
    const { keys, ada } = await withKeys(app);
    const making = Array.from({ length: 120 }, () => keys.create(CLI_CONTEXT, ada, { name: 'x' }));
    const made = await Promise.allSettled(making);
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(99);
    expect(await keys.listOf(ada)).toHaveLength(100);
  });

  it('end by the shorter of two rotations at once', async () => {
    await using app = await TestApplication.start(dialect);
    const { keys, ada, created } = await withKeys(app);
    const { id } = created.apiKey;
    const rotate = (overlapHours: number) => keys.rotate(CLI_CONTEXT, ada, { id, overlapHours });
    await Promise.all([rotate(1), rotate(168)]);
    const row = await app.dataSource.getRepository(ApiKey).findOneByOrFail({ id });
    const now = app.context.get(ClockService).nowMs();
    expect(row.expiresAt!.getTime() - now).toBeLessThanOrEqual(HOUR_MS);
  });

  it('for some models open nothing that needs a role, whoever has them', async () => {
    await using app = await TestApplication.start(dialect, { extra: 'admins: [ada@example.edu]' });
    const { keys, ada, created } = await withKeys(app);
    const wanted = { name: 'x', onlyModels: ['m'] };
    const { key } = await keys.create(CLI_CONTEXT, ada, wanted);
    const callers = app.context.get(RecognisedCallerService);
    const may = (bearer: string) => {
      const headers = { authorization: `Bearer ${bearer}` };
      return callers.mayMonitor({ ...REQUEST, headers }, ['admin']);
    };
    expect([await may(created.key), await may(key)]).toEqual([true, false]);
  });

  it('are known at once not to be, when they look different', async () => {
    await using app = await TestApplication.start(dialect);
    const door = app.context.get(ApiKeyAuthenticationService);
    const [long, short] = ['a'.repeat(44), 'a'.repeat(42)];
    for (const text of ['', 'sk_', `pk_${'a'.repeat(43)}`, `sk_${long}`, `sk_${short}=`]) {
      expect(door.authenticate(text)).toBeNull();
    }
  });

  it('are unknown when nobody made them', async () => {
    await using app = await TestApplication.start(dialect);
    const door = app.context.get(ApiKeyAuthenticationService);
    expect(await door.authenticate(`sk_${'a'.repeat(43)}`)).toBeNull();
  });

  it('are refused from the next request on once they are revoked, and the log says by whom', async () => {
    await using app = await TestApplication.start(dialect);
    const { keys, door, ada, created } = await withKeys(app);
    expect(await door.authenticate(created.key)).not.toBeNull();
    await keys.revoke(CLI_CONTEXT, ada, created.apiKey.id);
    await expect(Promise.resolve(door.authenticate(created.key))).rejects.toMatchObject({
      code: 'api_key_invalid',
      message: expect.stringContaining('revoked') as unknown,
    });
    const [listed] = await keys.listOf(ada);
    expect(listed?.revokedAt).toBeInstanceOf(Date);
    await keys.revoke(CLI_CONTEXT, ada, created.apiKey.id);
    const actions = (await auditOf(app)).map(({ action, outcome }) => `${action} ${outcome}`);
    expect(actions).toEqual(['api_key.create done', 'api_key.revoke done', 'api_key.use refused']);
  });

  it('of others are as unknown as those that do not exist, but the attempt is in the audit log', async () => {
    await using app = await TestApplication.start(dialect);
    const { keys, door, users, created } = await withKeys(app);
    const user = await users.ensure('eve@example.edu');
    const eve = { kind: 'user', id: user.id, name: user.email } as const;
    const { id } = created.apiKey;
    const context = { ...CLI_CONTEXT, actorKind: 'user', actorId: user.id } as const;
    for (const attempt of [
      () => keys.revoke(context, eve, id),
      () => keys.rotate(context, eve, { id, overlapHours: 0 }),
      () => keys.revoke(context, { ...eve, kind: 'client' }, id),
      () => keys.revoke(context, eve, '0198c0de-0000-7000-8000-000000000000'),
      () => keys.revoke(context, eve, "x\u0000' OR 1=1"),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ code: 'not_found' });
    }
    expect(await door.authenticate(created.key)).not.toBeNull();
    expect(await keys.listOf(eve)).toEqual([]);
    const refused = (await auditOf(app)).filter(({ outcome }) => outcome === 'refused');
    expect(refused.map(({ action, objectId }) => [action, objectId])).toEqual([
      ['api_key.revoke', id],
      ['api_key.rotate', id],
      ['api_key.revoke', id],
    ]);
  });

  it('end when their time has come, also while they are remembered', async () => {
    await using app = await TestApplication.start(dialect);
    const { keys, door, ada } = await withKeys(app);
    const time = moveTime(app.context.get(ClockService));
    const expiresAt = new Date(app.context.get(ClockService).nowMs() + HOUR_MS);
    const { key } = await keys.create(CLI_CONTEXT, ada, { name: 'short', expiresAt });
    expect(await door.authenticate(key)).not.toBeNull();
    time.forward(HOUR_MS - 1);
    expect(await door.authenticate(key)).not.toBeNull();
    time.forward(1);
    await expect(Promise.resolve(door.authenticate(key))).rejects.toMatchObject({
      code: 'api_key_invalid',
      message: expect.stringContaining('expired') as unknown,
    });
    await expect(keys.create(CLI_CONTEXT, ada, { name: 'late', expiresAt })).rejects.toMatchObject({
      code: 'invalid_request',
    });
  });

  it('carry the models they are restricted to', async () => {
    await using app = await TestApplication.start(dialect);
    const { keys, door, ada } = await withKeys(app);
    const onlyModels = ['m', 'n'];
    const { key } = await keys.create(CLI_CONTEXT, ada, { name: 'narrow', onlyModels });
    expect((await door.authenticate(key))?.onlyModels).toEqual(new Set(onlyModels));
  });

  it('of somebody deactivated are refused at once, and work again when they are active again', async () => {
    await using app = await TestApplication.start(dialect);
    const { door, user, created } = await withKeys(app);
    const administration = app.context.get(UserAdministrationService);
    expect(await door.authenticate(created.key)).not.toBeNull();
    await administration.setActive(user.id, false, CLI_CONTEXT);
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await expect(Promise.resolve(door.authenticate(created.key))).rejects.toMatchObject({
        code: 'api_key_invalid',
      });
    }
    const refused = (await auditOf(app)).filter(({ action }) => action === 'api_key.use');
    expect(refused).toHaveLength(1);
    await administration.setActive(user.id, true, CLI_CONTEXT);
    expect(await door.authenticate(created.key)).not.toBeNull();
  });

  it('are replaced with an overlap, and the new one is for the same', async () => {
    await using app = await TestApplication.start(dialect);
    const { keys, door, ada } = await withKeys(app);
    const time = moveTime(app.context.get(ClockService));
    const wanted = { name: 'bot', onlyModels: ['m'] };
    const before = await keys.create(CLI_CONTEXT, ada, wanted);
    await door.authenticate(before.key);
    const rotation = { id: before.apiKey.id, overlapHours: 24 };
    const after = await keys.rotate(CLI_CONTEXT, ada, rotation);
    expect(after.key).not.toBe(before.key);
    expect(after.apiKey).toMatchObject({ ...wanted, expiresAt: null });
    time.forward(24 * HOUR_MS - 1);
    expect(await door.authenticate(before.key)).not.toBeNull();
    time.forward(1);
    await expect(Promise.resolve(door.authenticate(before.key))).rejects.toMatchObject({
      code: 'api_key_invalid',
    });
    expect(await door.authenticate(after.key)).not.toBeNull();
    await expect(keys.rotate(CLI_CONTEXT, ada, rotation)).rejects.toMatchObject({
      code: 'conflict',
    });
    const entry = (await auditOf(app)).at(-1);
    expect(entry?.action).toBe('api_key.use');
  });

  it('are replaced at once without an overlap, and never end later for being replaced', async () => {
    await using app = await TestApplication.start(dialect);
    const { keys, door, ada, created } = await withKeys(app);
    await keys.rotate(CLI_CONTEXT, ada, { id: created.apiKey.id, overlapHours: 0 });
    await expect(Promise.resolve(door.authenticate(created.key))).rejects.toMatchObject({
      code: 'api_key_invalid',
    });
    const expiresAt = new Date(app.context.get(ClockService).nowMs() + HOUR_MS);
    const short = await keys.create(CLI_CONTEXT, ada, { name: 'short', expiresAt });
    const after = await keys.rotate(CLI_CONTEXT, ada, { id: short.apiKey.id, overlapHours: 168 });
    expect(after.apiKey.expiresAt).toEqual(expiresAt);
    const listed = await keys.listOf(ada);
    expect(listed.find(({ id }) => id === short.apiKey.id)?.expiresAt).toEqual(expiresAt);
  });

  it('are a hundred at most, of which those that have ended do not count', async () => {
    await using app = await TestApplication.start(dialect);
    const { keys, ada, created } = await withKeys(app);
    for (let count = 1; count < 100; count += 1) {
      await keys.create(CLI_CONTEXT, ada, { name: `key ${count}` });
    }
    await expect(keys.create(CLI_CONTEXT, ada, { name: 'more' })).rejects.toMatchObject({
      code: 'conflict',
    });
    await keys.revoke(CLI_CONTEXT, ada, created.apiKey.id);
    await keys.create(CLI_CONTEXT, ada, { name: 'more' });
    const listed = await keys.listOf(ada);
    expect(listed).toHaveLength(101);
    expect(listed[0]?.name).toBe('more');
  });

  it('say when they were last used, at the latest when Lumen stops', async () => {
    await using app = await TestApplication.start(dialect);
    const { keys, door, ada, created } = await withKeys(app);
    const unused = await keys.create(CLI_CONTEXT, ada, { name: 'unused' });
    const others: string[] = [];
    for (let count = 0; count < 3; count += 1) {
      const { key, apiKey } = await keys.create(CLI_CONTEXT, ada, { name: `key ${count}` });
      await door.authenticate(key);
      others.push(apiKey.id);
    }
    await door.authenticate(created.key);
    await door.beforeApplicationShutdown();
    const used = (await keys.listOf(ada)).filter(({ lastUsedAt }) => lastUsedAt !== null);
    expect(used.map(({ id }) => id).sort()).toEqual([created.apiKey.id, ...others].sort());
    expect(used.map(({ id }) => id)).not.toContain(unused.apiKey.id);
  });
});
