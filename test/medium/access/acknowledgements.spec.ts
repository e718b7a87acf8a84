import { describe, expect, it } from '@jest/globals';
import { AccessService } from '../../../server/src/access/access.service.js';
import { acknowledgementText } from '../../../server/src/access/acknowledgement-text.js';
import { Acknowledgement } from '../../../server/src/access/acknowledgement.entity.js';
import { AcknowledgementsService } from '../../../server/src/access/acknowledgements.service.js';
import { type AuditContext } from '../../../server/src/infrastructure/audit/audit-context.js';
import { AuditEntry } from '../../../server/src/infrastructure/audit/audit-entry.entity.js';
import { ChangesService } from '../../../server/src/infrastructure/changes/changes.service.js';
import { type Principal } from '../../../server/src/infrastructure/http/principal.js';
import { CatalogueService } from '../../../server/src/models/catalogue.service.js';
import { clientOf, personOf } from '../../support/access/principals.js';
import { TestApplication } from '../../support/lumen/application.js';
import { DIALECTS } from '../../support/lumen/lumen-server.js';

const price = { input_cost_per_million: 0, output_cost_per_million: 0 };
const FILE = {
  models: JSON.stringify([
    { name: 'lab/own', needs_ack: true, ack_message: 'I have read the rules.', ...price },
    { name: 'other', needs_ack: true, ...price },
    { name: 'free', ...price },
    { name: 'closed', access: 'blocked', ...price },
  ]),
  extra: `
defaults: { models: { ack_message: Of the defaults. } }
clients: { bot: { model_access: { default: allowed } } }`,
};

const OWN = acknowledgementText('I have read the rules.', null);
const OF_DEFAULTS = acknowledgementText(null, 'Of the defaults.');

async function start(dialect: (typeof DIALECTS)[number]) {
  const app = await TestApplication.start(dialect, FILE);
  const acknowledgements = app.context.get(AcknowledgementsService);
  const ada = await personOf(app.context, 'ada@example.edu');
  const audit: AuditContext = {
    actorKind: 'user',
    actorId: ada.ownerId,
    actorName: ada.email,
    ip: '192.0.2.1',
    requestId: 'r',
  };
  return {
    app,
    ada,
    give: (owner: Principal, model: string, textHash: string) =>
      acknowledgements.give({ owner, model, textHash, userId: ada.ownerId }, audit),
    admit: async (principal: Principal, model: string) =>
      app.context
        .get(AccessService)
        .admit(
          { principal, source: 'chat', requestId: 'r' },
          app.context.get(CatalogueService).find(model)!,
        ),
    forget: (ownerId: string) => app.context.get(ChangesService).tellHere('owner', ownerId),
    rows: () => app.dataSource.getRepository(Acknowledgement).find({ order: { id: 'ASC' } }),
    auditLines: () =>
      app.dataSource.getRepository(AuditEntry).findBy({ action: 'model.acknowledge' }),
    [Symbol.asyncDispose]: () => app[Symbol.asyncDispose](),
  };
}

describe.each(DIALECTS)('AcknowledgementsService on %s', (dialect) => {
  it('lifts needs_ack for that owner and that model, and records who saw which words', async () => {
    await using lumen = await start(dialect);
    const { ada } = lumen;
    await expect(lumen.admit(ada, 'lab/own')).rejects.toMatchObject({
      code: 'acknowledgement_required',
    });
    const standing = await lumen.give(ada, 'lab/own', OWN.hash);
    expect(standing).toMatchObject({ access: 'allowed', decision: { access: 'needs_ack' } });
    await expect(lumen.admit(ada, 'lab/own')).resolves.toBeUndefined();
    await expect(lumen.admit(ada, 'other')).rejects.toBeDefined();
    const eve = await personOf(lumen.app.context, 'eve@example.edu');
    await expect(lumen.admit(eve, 'lab/own')).rejects.toBeDefined();
    expect(await lumen.rows()).toMatchObject([
      {
        ownerKind: 'user',
        ownerId: ada.ownerId,
        acknowledgedBy: ada.ownerId,
        model: 'lab/own',
        text: 'I have read the rules.',
        textHash: OWN.hash,
        acknowledgedAt: standing.acknowledgedAt,
      },
    ]);
    expect(await lumen.auditLines()).toMatchObject([
      {
        actorId: ada.ownerId,
        objectKind: 'model',
        objectId: 'lab/own',
        after: { user: 'ada@example.edu', textHash: OWN.hash },
        ip: '192.0.2.1',
      },
    ]);
  });

  it('is given once, however often it is confirmed at the same time', async () => {
    await using lumen = await start(dialect);
    const all = await Promise.all(
      Array.from({ length: 10 }, () => lumen.give(lumen.ada, 'lab/own', OWN.hash)),
    );
    expect(all.map(({ access }) => access)).toEqual(Array(10).fill('allowed'));
    expect(await lumen.rows()).toHaveLength(1);
    expect(await lumen.auditLines()).toHaveLength(1);
    await lumen.give(lumen.ada, 'lab/own', OWN.hash);
    expect(await lumen.rows()).toHaveLength(1);
  });

  it('shows the text in force to who agreed to another one', async () => {
    await using lumen = await start(dialect);
    await expect(lumen.give(lumen.ada, 'lab/own', OF_DEFAULTS.hash)).rejects.toMatchObject({
      code: 'conflict',
      details: { model: 'lab/own', text: OWN.text, textHash: OWN.hash },
    });
    expect(await lumen.rows()).toEqual([]);
    expect(await lumen.auditLines()).toEqual([]);
    expect((await lumen.give(lumen.ada, 'other', OF_DEFAULTS.hash)).access).toBe('allowed');
  });

  it('asks again when the text changes: what was agreed to were other words', async () => {
    await using lumen = await start(dialect);
    const { ada } = lumen;
    await lumen.give(ada, 'lab/own', OWN.hash);
    const [row] = await lumen.rows();
    const before = acknowledgementText('The rules of last year.', null);
    await lumen.app.dataSource
      .getRepository(Acknowledgement)
      .update(row!.id, { text: before.text, textHash: before.hash });
    lumen.forget(ada.ownerId);
    await expect(lumen.admit(ada, 'lab/own')).rejects.toMatchObject({
      code: 'acknowledgement_required',
    });
  });

  it('is neither needed for a model that asks for none nor a way to one that is blocked', async () => {
    await using lumen = await start(dialect);
    expect((await lumen.give(lumen.ada, 'free', OWN.hash)).access).toBe('allowed');
    await expect(lumen.give(lumen.ada, 'closed', OWN.hash)).rejects.toMatchObject({
      code: 'permission_denied',
    });
    await expect(lumen.give(lumen.ada, 'nothing', OWN.hash)).rejects.toMatchObject({
      code: 'model_not_found',
    });
    expect(await lumen.rows()).toEqual([]);
  });

  it('given for a client counts for the client, not for the person who gave it', async () => {
    await using lumen = await start(dialect);
    const bot = await clientOf(lumen.app.context, 'bot');
    await expect(lumen.admit(bot, 'lab/own')).rejects.toMatchObject({
      message: expect.stringContaining('A manager of the client bot confirms it') as unknown,
    });
    await lumen.give(bot, 'lab/own', OWN.hash);
    await expect(lumen.admit(bot, 'lab/own')).resolves.toBeUndefined();
    await expect(lumen.admit(lumen.ada, 'lab/own')).rejects.toBeDefined();
    expect(await lumen.rows()).toMatchObject([
      { ownerKind: 'client', ownerId: bot.ownerId, acknowledgedBy: lumen.ada.ownerId },
    ]);
  });
});
