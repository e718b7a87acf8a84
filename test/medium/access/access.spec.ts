import { describe, expect, it } from '@jest/globals';
import { AccessService } from '../../../server/src/access/access.service.js';
import { type Decision } from '../../../server/src/access/decide.js';
import { explain } from '../../../server/src/access/explain.js';
import { ConfiguredClientsService } from '../../../server/src/clients/configured-clients.service.js';
import { Group } from '../../../server/src/groups/group.entity.js';
import { GroupMember } from '../../../server/src/groups/group-member.entity.js';
import { GroupsService } from '../../../server/src/groups/groups.service.js';
import { ChangesService } from '../../../server/src/infrastructure/changes/changes.service.js';
import { newId } from '../../../server/src/infrastructure/crypto/identifiers.js';
import { type Principal } from '../../../server/src/infrastructure/http/principal.js';
import { CatalogueService } from '../../../server/src/models/catalogue.service.js';
import { User } from '../../../server/src/users/user.entity.js';
import { clientOf, personOf } from '../../support/access/principals.js';
import { TestApplication } from '../../support/lumen/application.js';
import { DIALECTS } from '../../support/lumen/lumen-server.js';

const models = (...names: string[]) =>
  JSON.stringify(
    names.map((name) => ({ name, input_cost_per_million: 0, output_cost_per_million: 0 })),
  );

const FILE = {
  models: models('m', 'n'),
  groups: '  testers: { model_access: { allowed: [m] } }',
  extra: `
defaults: { models: { access: blocked } }
users: { ada@example.edu: { model_access: { needs_ack: [n] } } }
clients: { bot: { groups: [testers] }, default: { model_access: { allowed: [n] } }, empty: {} }`,
};

async function start(dialect: (typeof DIALECTS)[number], file: typeof FILE = FILE) {
  const app = await TestApplication.start(dialect, file);
  // What a first start does in the background makes everybody forgotten once.
  await app.context.get(GroupsService).loaded();
  await app.context.get(ConfiguredClientsService).sync();
  const access = app.context.get(AccessService);
  const catalogue = app.context.get(CatalogueService);
  return {
    app,
    access,
    changes: app.context.get(ChangesService),
    decide: (principal: Principal, model: string) =>
      access.decide(principal, catalogue.find(model)!),
    admit: async (principal: Principal, model: string, source: 'api' | 'chat' = 'api') =>
      access.admit({ principal, source, requestId: 'r' }, catalogue.find(model)!),
    [Symbol.asyncDispose]: () => app[Symbol.asyncDispose](),
  };
}

const isAtOnce = (decision: Decision | Promise<Decision>) => !(decision instanceof Promise);

describe.each(DIALECTS)('AccessService on %s', (dialect) => {
  it('knows an owner who was seen before without asking the database', async () => {
    await using lumen = await start(dialect);
    const ada = await personOf(lumen.app.context, 'ada@example.edu');
    expect(isAtOnce(lumen.decide(ada, 'm'))).toBe(false);
    expect((await lumen.decide(ada, 'm')).access).toBe('blocked');
    const decision = lumen.decide(ada, 'n');
    expect(isAtOnce(decision)).toBe(true);
    expect(await decision).toMatchObject({ access: 'needs_ack', rule: 'own_list' });
    expect(lumen.access.standings(ada, 'api')).toHaveLength(2);
  });

  it('forgets an owner when something about them changes, and nobody else', async () => {
    await using lumen = await start(dialect);
    const ada = await personOf(lumen.app.context, 'ada@example.edu');
    const eve = await personOf(lumen.app.context, 'eve@example.edu');
    await Promise.all([lumen.decide(ada, 'm'), lumen.decide(eve, 'm')]);
    await lumen.app.dataSource.getRepository(GroupMember).insert({
      id: newId(),
      groupName: 'testers',
      ownerKind: 'user',
      ownerId: ada.ownerId,
      createdBy: null,
      createdAt: new Date(),
    });
    await lumen.changes.publish('owner', ada.ownerId);
    expect(isAtOnce(lumen.decide(eve, 'm'))).toBe(true);
    expect(await lumen.decide(ada, 'm')).toMatchObject({
      access: 'allowed',
      scope: 'group testers',
    });
    expect((await lumen.decide(eve, 'm')).access).toBe('blocked');
  });

  it('follows a group that the console makes, for everybody it means', async () => {
    await using lumen = await start(dialect);
    const { context, dataSource } = lumen.app;
    const ada = await personOf(context, 'ada@example.edu');
    const eve = await personOf(context, 'eve@example.edu');
    await dataSource.getRepository(User).update(ada.ownerId, { claims: { ou: ['lab', 'x'] } });
    await Promise.all([lumen.decide(ada, 'm'), lumen.decide(eve, 'm')]);
    await dataSource.getRepository(Group).insert({
      id: newId(),
      name: 'lab',
      description: '',
      isActive: true,
      rules: [{ field: 'ou', equals: 'lab', contains: null }],
      modelAccess: { default: 'allowed', allowed: [], needsAck: [], blocked: [] },
      budget: { coins: null, tokens: {} },
      createdAt: new Date(),
      updatedAt: new Date(),
    });
    await lumen.changes.publish('groups');
    await context.get(GroupsService).loaded();
    expect(await lumen.decide(ada, 'm')).toMatchObject({ access: 'allowed', scope: 'group lab' });
    expect((await lumen.decide(eve, 'm')).access).toBe('blocked');
  });

  it('does not keep what it read while it changed', async () => {
    await using lumen = await start(dialect);
    const ada = await personOf(lumen.app.context, 'ada@example.edu');
    const underWay = lumen.decide(ada, 'm');
    lumen.changes.tellHere('owner', ada.ownerId);
    await underWay;
    const again = lumen.decide(ada, 'm');
    expect(isAtOnce(again)).toBe(false);
    await again;
    expect(isAtOnce(lumen.decide(ada, 'm'))).toBe(true);
  });

  it('answers many who ask at once the same', async () => {
    await using lumen = await start(dialect);
    const ada = await personOf(lumen.app.context, 'ada@example.edu');
    const decisions = await Promise.all(
      Array.from({ length: 50 }, async () => lumen.decide(ada, 'n')),
    );
    expect(new Set(decisions.map(explain))).toEqual(
      new Set(['needs_ack: listed under model_access.needs_ack of user ada@example.edu']),
    );
  });

  it('knows clients by their entry, by clients.default, and by their groups', async () => {
    await using lumen = await start(dialect);
    const bot = await clientOf(lumen.app.context, 'bot');
    const empty = await clientOf(lumen.app.context, 'empty');
    expect(explain(await lumen.decide(bot, 'm'))).toBe(
      'allowed: listed under model_access.allowed of group testers',
    );
    expect((await lumen.decide(bot, 'n')).access).toBe('blocked');
    expect(explain(await lumen.decide(empty, 'n'))).toBe(
      'allowed: listed under model_access.allowed of clients.default',
    );
    expect((await lumen.decide(empty, 'm')).access).toBe('blocked');
  });

  it('does not take a person for a client, nor anybody for nobody', async () => {
    await using lumen = await start(dialect);
    const ada = await personOf(lumen.app.context, 'ada@example.edu');
    await lumen.decide(ada, 'm');
    const wrong = { ownerKind: 'client', ownerId: ada.ownerId } as const;
    await expect(lumen.access.standingsOf(wrong, 'api')).rejects.toMatchObject({
      code: 'not_found',
    });
    const nobody = { ownerKind: 'user', ownerId: newId() } as const;
    await expect(lumen.access.standingsOf(nobody, 'chat')).rejects.toMatchObject({
      code: 'not_found',
    });
    expect((await lumen.access.standingsOf(ada, 'chat')).owner.ownerName).toBe('ada@example.edu');
  });

  it('tells what a person in other groups could use', async () => {
    await using lumen = await start(dialect);
    const group = lumen.app.context.get(GroupsService).find('testers')!;
    const said = (email: string, memberships: Parameters<AccessService['standingsIn']>[1]) =>
      lumen.access.standingsIn(email, memberships).map(({ access }) => access);
    expect(said('', [])).toEqual(['blocked', 'blocked']);
    expect(said('', [{ group, because: 'rule' }])).toEqual(['allowed', 'blocked']);
    expect(said('ada@example.edu', [])).toEqual(['blocked', 'needs_ack']);
  });

  it('says why it refuses, and where to acknowledge', async () => {
    await using lumen = await start(dialect);
    const ada = await personOf(lumen.app.context, 'ada@example.edu');
    const bot = await clientOf(lumen.app.context, 'bot');
    const limited = await personOf(lumen.app.context, 'ada@example.edu', ['m']);
    await expect(lumen.admit(ada, 'm')).rejects.toMatchObject({
      code: 'permission_denied',
      param: 'model',
      message: expect.stringMatching(
        /^You may not use the model "m" \(blocked: nothing else decides, and defaults\.models\.access is blocked\)/,
      ) as unknown,
    });
    await expect(lumen.admit(bot, 'n')).rejects.toMatchObject({
      message: expect.stringMatching(/^The client bot may not use the model "n"/) as unknown,
    });
    await expect(lumen.admit(ada, 'n')).rejects.toMatchObject({
      code: 'acknowledgement_required',
      message: expect.stringMatching(/in the chat of Lumen/) as unknown,
    });
    await expect(lumen.admit(limited, 'n')).rejects.toMatchObject({
      code: 'permission_denied',
      message: expect.stringMatching(/this key is limited to m\)/) as unknown,
    });
    await expect(lumen.admit(bot, 'm')).resolves.toBeUndefined();
  });

  it('waives acknowledgements for the API where the file says so, never for the chat', async () => {
    const extra = `${FILE.extra}\napi: { consent: false }`;
    await using lumen = await start(dialect, { ...FILE, extra });
    const ada = await personOf(lumen.app.context, 'ada@example.edu');
    await expect(lumen.admit(ada, 'n')).resolves.toBeUndefined();
    await expect(lumen.admit(ada, 'n', 'chat')).rejects.toMatchObject({
      code: 'acknowledgement_required',
    });
    const access = async (door: 'api' | 'chat') =>
      (await lumen.access.standings(ada, door)).map((standing) => standing.access);
    expect(await access('api')).toEqual(['blocked', 'allowed']);
    expect(await access('chat')).toEqual(['blocked', 'needs_ack']);
  });
});
