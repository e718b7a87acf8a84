import { describe, expect, it } from '@jest/globals';
import { ApiKeyAuthenticationService } from '../../../server/src/auth/api-key-authentication.service.js';
import { ApiKeysService } from '../../../server/src/auth/api-keys.service.js';
import { Client } from '../../../server/src/clients/client.entity.js';
import { ClientRecordsService } from '../../../server/src/clients/client-records.service.js';
import { ClientsService } from '../../../server/src/clients/clients.service.js';
import { CLI_CONTEXT } from '../../../server/src/infrastructure/audit/audit-context.js';
import { AuditEntry } from '../../../server/src/infrastructure/audit/audit-entry.entity.js';
import { TestApplication } from '../../support/lumen/application.js';
import { DIALECTS } from '../../support/lumen/lumen-server.js';
import { until } from '../../support/until.js';

const CLIENTS = `
clients:
  default:
    max: 100.0
    default_model: small
  research-bot:
    max: 500.0
    description: Reads papers
  empty:
  braces: {}
  off:
    active: false
    max: 1
  ${'"' + 'x'.repeat(129) + '"'}: {max: 1}
`;

const NAMES = ['braces', 'empty', 'off', 'research-bot'];

function ofNamed(app: TestApplication): Promise<Client[]> {
  return app.dataSource.getRepository(Client).find({ order: { name: 'ASC' } });
}

async function keyOf(app: TestApplication, name: string): Promise<string> {
  const { id } = (await app.context.get(ClientsService).findByName(name))!;
  const owner = { kind: 'client', id, name } as const;
  const { key } = await app.context
    .get(ApiKeysService)
    .create(CLI_CONTEXT, owner, { name: 'tool', onlyModels: ['m'] });
  return key;
}

describe.each(DIALECTS)('clients of config.yaml on %s', (dialect) => {
  it('have a row each, once, but for the default and for what cannot be a name', async () => {
    await using app = await TestApplication.start(dialect, { extra: CLIENTS });
    const clients = app.context.get(ClientsService);
    await Promise.all([clients.syncConfigured(), clients.syncConfigured()]);
    expect(await clients.syncConfigured()).toEqual([]);
    const rows = await ofNamed(app);
    expect(rows.map(({ name }) => name)).toEqual(NAMES);
    expect(rows.at(-1)).toMatchObject({ description: 'Reads papers', ownerId: null });
    const audit = await app.dataSource.getRepository(AuditEntry).find();
    expect(audit.map(({ objectName }) => objectName).sort()).toEqual(NAMES);
    expect(audit[0]).toMatchObject({ action: 'client.create', actorKind: 'system' });
  });

  it('get one by themselves when Lumen starts, also on a database that is still empty', async () => {
    await using app = await TestApplication.start(dialect, { extra: CLIENTS });
    await until(async () => (await ofNamed(app)).length === NAMES.length);
    expect((await ofNamed(app)).map(({ name }) => name)).toEqual(NAMES);
  });

  it('replace the default, unless they say nothing', async () => {
    await using app = await TestApplication.start(dialect, { extra: CLIENTS });
    const clients = app.context.get(ClientsService);
    const budgetOf = (name: string) => clients.configurationOf({ name })?.coins?.max;
    expect(['research-bot', 'empty', 'braces', 'anything', 'default'].map(budgetOf)).toEqual([
      500, 100, 100, 100, 100,
    ]);
    const own = NAMES.filter((name) => clients.hasOwnConfiguration({ name }));
    expect(own).toEqual(['off', 'research-bot']);
    const modelOf = (name: string, defaultModel: string | null) =>
      clients.defaultModelOf({ name, defaultModel });
    expect(modelOf('empty', null)).toBe('small');
    expect(modelOf('research-bot', null)).toBeNull();
    expect(modelOf('empty', 'large')).toBe('large');
  });

  it('have keys that speak for them, not for a person', async () => {
    await using app = await TestApplication.start(dialect, { extra: CLIENTS });
    await app.context.get(ClientsService).syncConfigured();
    const key = await keyOf(app, 'research-bot');
    const principal = await app.context.get(ApiKeyAuthenticationService).authenticate(key);
    expect(principal).toMatchObject({
      ownerKind: 'client',
      name: 'research-bot',
      email: '',
      userId: null,
      grantedRoles: [],
      onlyModels: new Set(['m']),
    });
  });

  it('are refused while the file disables them or they are deactivated', async () => {
    await using app = await TestApplication.start(dialect, { extra: CLIENTS });
    const clients = app.context.get(ClientsService);
    await clients.syncConfigured();
    const door = app.context.get(ApiKeyAuthenticationService);
    const answerTo = (key: string) =>
      Promise.resolve(door.authenticate(key)).then(
        (principal) => principal?.name,
        ({ message }: Error) => message,
      );
    expect(await answerTo(await keyOf(app, 'off'))).toContain('config.yaml disables');
    const key = await keyOf(app, 'empty');
    const { id } = (await clients.findByName('empty'))!;
    const records = app.context.get(ClientRecordsService);
    expect(await answerTo(key)).toBe('empty');
    await records.update(CLI_CONTEXT, id, { isActive: false });
    expect(await answerTo(key)).toContain('deactivated');
    await records.update(CLI_CONTEXT, id, { isActive: true });
    expect(await answerTo(key)).toBe('empty');
  });
});

describe('without clients:', () => {
  it('there is nothing to make and nothing that applies', async () => {
    await using app = await TestApplication.start('sqlite', { extra: 'clients:' });
    const clients = app.context.get(ClientsService);
    expect(await clients.syncConfigured()).toEqual([]);
    expect(clients.configurationOf({ name: 'constructor' })).toBeUndefined();
    expect(clients.hasOwnConfiguration({ name: 'constructor' })).toBe(false);
  });
});
