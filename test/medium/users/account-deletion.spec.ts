import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApiKey } from '../../../server/src/auth/api-key.entity.js';
import { Session } from '../../../server/src/auth/session.entity.js';
import { checkLedger } from '../../../server/src/budgets/index.js';
import { LedgerEntry } from '../../../server/src/budgets/ledger/ledger-entry.entity.js';
import { Pool } from '../../../server/src/budgets/pools/pool.entity.js';
import { ClientManagersService } from '../../../server/src/clients/client-managers.service.js';
import { Client } from '../../../server/src/clients/client.entity.js';
import { Conversation } from '../../../server/src/chat/conversations/conversation.entity.js';
import { Preset } from '../../../server/src/chat/presets/preset.entity.js';
import { SearchIndexService } from '../../../server/src/chat/search/search-index.service.js';
import { GroupMember } from '../../../server/src/groups/group-member.entity.js';
import { AuditEntry } from '../../../server/src/infrastructure/audit/audit-entry.entity.js';
import { GONE } from '../../../server/src/infrastructure/audit/without-person.js';
import { newId } from '../../../server/src/infrastructure/crypto/identifiers.js';
import { User } from '../../../server/src/users/user.entity.js';
import { keepChat } from '../../support/chat/kept-chats.js';
import { InProcessLumen } from '../../support/lumen/in-process.js';
import { configurationText, DIALECTS } from '../../support/lumen/lumen-server.js';

const EXTRA = `
superadmins: [root@x.edu]
log: { level: error }
users: { ada@x.edu: { max: 20, refresh: 0, starting: 10 } }
`;
/** A line of the audit log, by somebody else. */
const LINE = {
  ...{ at: new Date(), actorKind: 'user', actorId: 'root', actorName: 'root@x.edu' },
  ...{ action: 'session.end', outcome: 'done', objectKind: 'pool', objectId: 'p', objectName: '' },
  ...{ before: null, after: null, reason: null, ip: '192.0.2.1', requestId: null },
} as const;

describe.each(DIALECTS)('deleting an account on %s', (dialect) => {
  let lumen: InProcessLumen;

  const rows = <T extends object>(entity: new () => T) => lumen.dataSource.getRepository(entity);
  const userOf = (email: string) => rows(User).findOneBy({ email });
  const erase = (email: unknown) => lumen.ask('POST', '/api/me/deletion', { email });

  beforeAll(async () => {
    lumen = await InProcessLumen.start(dialect, (url) => configurationText(url, { extra: EXTRA }));
  });

  afterAll(() => lumen[Symbol.asyncDispose]());

  it.each([[undefined], [''], [7], ['somebody@x.edu']])(
    'asks for the address: %j is not it',
    async (typed) => {
      await lumen.logInAs('careful@x.edu');
      const { status, body } = await erase(typed);
      expect(status).toBe(400);
      expect(body).toMatchObject({
        error: { details: { fields: { email: expect.arrayContaining([expect.any(String)]) } } },
      });
      expect(await userOf('careful@x.edu')).not.toBeNull();
    },
  );

  it('is refused to the last superadmin, who is told why', async () => {
    await lumen.logInAs('root@x.edu');
    const { status, body } = await erase('root@x.edu');
    expect(status).toBe(409);
    expect(JSON.stringify(body)).toContain('last superadmin');
    expect(await userOf('root@x.edu')).not.toBeNull();
  });

  it('is refused to whoever answers for a client, until it is handed over', async () => {
    await lumen.logInAs('owner@x.edu');
    const owner = await userOf('owner@x.edu');
    await lumen.logInAs('root@x.edu');
    await lumen.ask('POST', '/api/admin/clients', { name: 'bot', ownerEmail: 'owner@x.edu' });
    await lumen.dataSource.query(`UPDATE clients SET owner_id = '${owner!.id}' WHERE name = 'bot'`);
    await lumen.logInAs('owner@x.edu');
    const refused = await erase('owner@x.edu');
    expect(refused.status).toBe(409);
    expect(refused.body).toMatchObject({ error: { details: { clients: ['bot'] } } });
    await lumen.dataSource.query(`UPDATE clients SET owner_id = NULL WHERE name = 'bot'`);
    expect((await erase('owner@x.edu')).status).toBe(204);
  });

  it('leaves no client to somebody who is gone, whichever of both comes first', async () => {
    const managers = lumen.app.get(ClientManagersService);
    const root = { actorKind: 'user', actorId: 'root', actorName: 'root@x.edu' } as const;
    for (let round = 0; round < 8; round += 1) {
      const email = `heir${round}@x.edu`;
      await lumen.logInAs('root@x.edu');
      const made = await lumen.ask('POST', '/api/admin/clients', { name: `legacy-${round}` });
      const { id } = made.body as { id: string };
      await lumen.logInAs(email);
      const heir = (await userOf(email))!;
      const handedOver = managers.transfer({ ...root, ip: null, requestId: null }, id, heir);
      const [gone, theirs] = await Promise.allSettled([erase(email), handedOver]);
      const { ownerId } = await rows(Client).findOneByOrFail({ id });
      const isGone = (await userOf(email)) === null;
      expect([isGone, theirs.status, ownerId]).toEqual(
        isGone ? [true, 'rejected', null] : [false, 'fulfilled', heir.id],
      );
      expect(gone).toMatchObject({ value: { status: isGone ? 204 : 409 } });
    }
  });

  it('takes all that is theirs, keeps the books without a name, and lets them come back', async () => {
    await lumen.logInAs('ada@x.edu');
    const ada = (await userOf('ada@x.edu'))!;
    const { body: made } = await lumen.ask('POST', '/api/keys', { name: 'Laptop' });
    const index = lumen.app.get(SearchIndexService);
    await keepChat(lumen.dataSource, index, ada.id, { title: 'T', said: ['Hello', 'Hi'] });
    await lumen.ask('POST', '/chat/presets', { name: 'Mine', settings: {} });
    await rows(GroupMember).insert({
      ...{ id: newId(), groupName: 'staff', ownerKind: 'user', ownerId: ada.id },
      ...{ createdBy: null, createdAt: new Date() },
    });
    await lumen.ask('GET', '/api/me/budgets');
    const [pool] = await rows(Pool).findBy({ ownerId: ada.id });
    expect(pool?.balance).toBe(10_000_000_000n);
    await lumen.dataSource.query(`UPDATE pools SET balance = 3000000000 WHERE id = '${pool!.id}'`);
    await rows(LedgerEntry).update({ poolId: pool!.id }, { amount: 3_000_000_000n });

    expect((await erase(' ADA@x.edu ')).status).toBe(204);

    expect(await userOf('ada@x.edu')).toBeNull();
    const where = { userId: ada.id };
    expect(await rows(Session).countBy(where)).toBe(0);
    expect(await rows(ApiKey).countBy(where)).toBe(0);
    expect(await rows(Conversation).countBy(where)).toBe(0);
    expect(await rows(Preset).countBy(where)).toBe(0);
    expect(await rows(GroupMember).countBy({ ownerId: ada.id })).toBe(0);
    expect((await lumen.ask('GET', '/api/me')).status).toBe(401);
    const { key } = made as { key: string };
    const headers = { authorization: `Bearer ${key}` };
    const answer = await lumen.app.inject({ method: 'GET', url: '/v1/models', headers });
    expect(answer.statusCode).toBe(401);

    const lines = await rows(AuditEntry).find();
    expect(JSON.stringify(lines)).not.toContain('ada@x.edu');
    const own = lines.filter(({ actorId }) => actorId === ada.id);
    expect(own.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['user.login', 'api_key.create', 'user.delete_account']),
    );
    expect(own.every(({ ip }) => ip === null)).toBe(true);
    expect(await rows(Pool).countBy({ ownerId: ada.id })).toBe(1);

    await lumen.logInAs('ada@x.edu');
    const again = (await userOf('ada@x.edu'))!;
    expect(again.id).not.toBe(ada.id);
    const { body: keys } = await lumen.ask('GET', '/api/keys');
    expect(keys).toEqual({ keys: [] });
    const { body: budgets } = await lumen.ask('GET', '/api/me/budgets');
    expect(budgets).toMatchObject([{ balance: '3', max: '20' }]);
    expect(await rows(Pool).countBy({ ownerId: ada.id })).toBe(0);
    expect((await checkLedger(lumen.dataSource)).faults).toEqual([]);
  });

  it('leaves nothing of who they were in the audit log, and leaves out nothing of others', async () => {
    await lumen.logInAs('grace@x.edu');
    const { id } = (await userOf('grace@x.edu'))!;
    const identity = { issuer: 'https://id.x.edu', subject: 'AAAAbCdE_fGh' };
    await rows(User).update({ id }, identity);
    const nobody = { actorKind: 'anonymous', actorId: null, actorName: 'anonymous' } as const;
    const place = { userAgent: 'Firefox', ip: '192.0.2.9' };
    const add = async (changes: Partial<AuditEntry>) => {
      const line = { ...LINE, id: newId(), ...changes };
      await rows(AuditEntry).insert(line as object);
      return () => rows(AuditEntry).findOneByOrFail({ id: line.id });
    };
    const before = { email: 'grace@old.edu', name: 'Grace Murray' };
    const renamed = await add({ actorId: id, action: 'user.login', before });
    const old = await add({ objectName: 'grace@old.edu', reason: 'Grace@Old.edu asked' });
    const ended = await add({ objectKind: 'session', objectName: 'grace@x.edu', before: place });
    const refused = await add({ ...nobody, after: identity });
    const other = await add({ actorName: 'a.grace@x.edu', objectName: 'grace@x.edu.au' });

    // Before and behind what is looked through at once.
    const between = Array.from({ length: 2_100 }, () => ({ ...LINE, id: newId() }));
    for (let n = 0; n < between.length; n += 300) {
      await rows(AuditEntry).insert(between.slice(n, n + 300) as object[]);
    }
    const late = await add({ objectName: 'grace@old.edu' });

    expect((await erase('grace@x.edu')).status).toBe(204);

    expect((await late()).objectName).toBe(GONE);
    expect((await renamed()).before).toEqual({ email: GONE, name: GONE });
    expect(await old()).toMatchObject({ objectName: GONE, reason: `${GONE} asked` });
    expect(await ended()).toMatchObject({ before: { userAgent: null, ip: null }, ip: LINE.ip });
    expect(await refused()).toMatchObject({ after: { issuer: null, subject: null }, ip: null });
    expect(await other()).toMatchObject({
      ...{ actorName: 'a.grace@x.edu', objectName: 'grace@x.edu.au', ip: LINE.ip },
    });
  });
});
