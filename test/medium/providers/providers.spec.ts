import { describe, expect, it } from '@jest/globals';
import { type ConfigurationService } from '../../../server/src/config/configuration.service.js';
import { loadConfiguration } from '../../../server/src/config/index.js';
import { CLI_CONTEXT } from '../../../server/src/infrastructure/audit/audit-context.js';
import { AuditEntry } from '../../../server/src/infrastructure/audit/audit-entry.entity.js';
import { CatalogueService, RouterService } from '../../../server/src/models/index.js';
import { ProviderKeysService } from '../../../server/src/providers/provider-keys.service.js';
import { ProviderRecordsService } from '../../../server/src/providers/provider-records.service.js';
import { Provider } from '../../../server/src/providers/provider.entity.js';
import { TestApplication } from '../../support/lumen/application.js';
import { configurationText, DIALECTS } from '../../support/lumen/lumen-server.js';
import { startReplica } from '../../support/lumen/replica.js';
import { until } from '../../support/until.js';

const KEY = 'sk-the-key-that-nobody-may-see-xyz9';

function wanted(slug: string, more: object = {}) {
  return {
    name: `The ${slug}`,
    slug,
    type: 'custom' as const,
    baseUrl: `https://${slug}.example/v1`,
    apiKey: KEY,
    models: ['small', 'large'],
    ...more,
  };
}

const auditOf = (app: TestApplication) =>
  app.dataSource.getRepository(AuditEntry).find({ order: { id: 'ASC' } });

const rowsOf = (app: TestApplication) =>
  app.dataSource.getRepository(Provider).find({ order: { id: 'ASC' } });

const defaultsOf = async (app: TestApplication) =>
  (await rowsOf(app)).filter(({ defaultMark }) => defaultMark !== null).map(({ slug }) => slug);

/** The keys as another `app.encryption_key` finds them. */
function keysAfterRotation(app: string): ProviderKeysService {
  const previous = 'test-encryption-test-encryption-test-enc';
  const text = configurationText('sqlite:///x.db', { app: `  ${app}` });
  const rotated = text
    .replace(previous, 'the-encryption-key-of-this-year-0123456789')
    .replace('PREVIOUS', previous);
  const loaded = loadConfiguration({ text: rotated, env: {} });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.errors));
  return new ProviderKeysService({ current: loaded.config } as ConfigurationService);
}

describe.each(DIALECTS)('providers on %s', (dialect) => {
  it('are made with a sealed key, and serve at once', async () => {
    await using app = await TestApplication.start(dialect);
    const records = app.context.get(ProviderRecordsService);
    const catalogue = app.context.get(CatalogueService);
    expect(() => catalogue.resolve('one/small')).toThrow('no model');
    const provider = await records.create(CLI_CONTEXT, wanted('one'));
    const entry = catalogue.resolve('one/small');
    expect(catalogue.resolve('small')).toBe(entry);
    expect(entry.endpoints).toMatchObject([
      {
        url: 'https://one.example/v1',
        authorization: `Bearer ${KEY}`,
        upstreamModel: 'small',
      },
    ]);
    const [row] = await rowsOf(app);
    expect(row?.sealedKey).toMatch(/^v1\./);
    expect(JSON.stringify(row)).not.toContain(KEY);
    const keys = app.context.get(ProviderKeysService);
    expect(keys.open(row!)).toMatchObject({});
    const moved = { ...row!, id: '0198c0de-0000-7000-8000-000000000000' };
    expect(keys.open(moved)).toBe('unreadable');
    await records.update(CLI_CONTEXT, provider.id, { isEnabled: false });
    expect(() => catalogue.resolve('one/small')).toThrow('no model');
    await records.update(CLI_CONTEXT, provider.id, { isEnabled: true, slug: 'uno', models: ['x'] });
    expect(catalogue.resolve('uno/x').endpoints).toHaveLength(1);
    await records.remove(CLI_CONTEXT, provider.id);
    expect(() => catalogue.resolve('uno/x')).toThrow('no model');
  });

  it('leave a line in the audit log for every change, without the key', async () => {
    await using app = await TestApplication.start(dialect);
    const records = app.context.get(ProviderRecordsService);
    const first = await records.create(CLI_CONTEXT, wanted('one', { isDefault: true }));
    await records.create(CLI_CONTEXT, wanted('two', { isDefault: true }));
    await records.update(CLI_CONTEXT, first.id, { apiKey: 'sk-another' });
    await records.update(CLI_CONTEXT, first.id, { apiKey: '', name: 'The one' });
    await records.remove(CLI_CONTEXT, first.id);
    const lines = (await auditOf(app)).map(({ action, objectName, before, after }) => ({
      line: `${action} ${objectName}`,
      before,
      after,
    }));
    expect(lines).toMatchObject([
      { line: 'provider.create one', after: { isDefault: true, models: expect.any(Array) } },
      { line: 'provider.update one', before: { isDefault: true }, after: { isDefault: false } },
      { line: 'provider.create two', after: { isDefault: true } },
      { line: 'provider.update one', before: {}, after: { apiKey: 'replaced' } },
      { line: 'provider.delete one', before: { baseUrl: 'https://one.example/v1' } },
    ]);
    expect(JSON.stringify(lines)).not.toMatch(/sk-/);
  });

  it('have one slug each, whoever is faster', async () => {
    await using app = await TestApplication.start(dialect);
    const records = app.context.get(ProviderRecordsService);
    const race = await Promise.allSettled(
      Array.from({ length: 8 }, () => records.create(CLI_CONTEXT, wanted('same'))),
    );
    const refused = race.filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(7);
    for (const each of refused) expect(each).toMatchObject({ reason: { code: 'conflict' } });
    const other = await records.create(CLI_CONTEXT, wanted('other'));
    await expect(records.update(CLI_CONTEXT, other.id, { slug: 'same' })).rejects.toMatchObject({
      code: 'conflict',
    });
    expect((await auditOf(app)).map(({ objectName }) => objectName)).toEqual(['same', 'other']);
  });

  it('have one default at the most, however many become it at once', async () => {
    await using app = await TestApplication.start(dialect);
    await using replica = await startReplica(app);
    const here = app.context.get(ProviderRecordsService);
    // SQLite makes one process wait for another's transaction by standing still: this one would.
    const isShared = dialect === 'postgres';
    const there = isShared ? replica.context.get(ProviderRecordsService) : here;
    const made = await Promise.all(
      Array.from({ length: 6 }, (_, index) =>
        [here, there][index % 2]!.create(CLI_CONTEXT, wanted(`p${index}`, { isDefault: true })),
      ),
    );
    expect(await defaultsOf(app)).toHaveLength(1);
    for (let round = 0; round < 5; round += 1) {
      await Promise.all(
        made.map(({ id }, index) =>
          [here, there][(index + round) % 2]!.update(CLI_CONTEXT, id, { isDefault: true }),
        ),
      );
      expect(await defaultsOf(app)).toHaveLength(1);
    }
    const [holder] = (await rowsOf(app)).filter(({ defaultMark }) => defaultMark !== null);
    await here.update(CLI_CONTEXT, holder!.id, { isDefault: false });
    expect(await defaultsOf(app)).toEqual([]);
    const last = made.find(({ id }) => id !== holder!.id)!;
    await here.update(CLI_CONTEXT, last.id, { isDefault: true, isEnabled: false });
    expect(await defaultsOf(app)).toEqual([last.slug]);
    await here.remove(CLI_CONTEXT, last.id);
    expect(await defaultsOf(app)).toEqual([]);
  });

  it('keep what a change does not name, the key included', async () => {
    await using app = await TestApplication.start(dialect);
    const records = app.context.get(ProviderRecordsService);
    const keys = app.context.get(ProviderKeysService);
    const modelSettings = { small: { contextWindow: 1000 }, large: { access: 'blocked' } };
    const { id } = await records.create(CLI_CONTEXT, wanted('one', { modelSettings }));
    const keyOf = async () => {
      const key = keys.open(await records.find(id));
      return key === null || key === 'unreadable' ? key : key.reveal();
    };
    for (const apiKey of ['', null, undefined]) {
      await records.update(CLI_CONTEXT, id, { apiKey, name: `by ${apiKey}` });
      expect(await keyOf()).toBe(KEY);
    }
    await records.update(CLI_CONTEXT, id, { apiKey: 'sk-new' });
    expect(await keyOf()).toBe('sk-new');
    const fewer = await records.update(CLI_CONTEXT, id, { models: ['new', 'small'] });
    expect(fewer.models).toEqual([
      { name: 'new', settings: {} },
      { name: 'small', settings: { contextWindow: 1000 } },
    ]);
    const replaced = await records.update(CLI_CONTEXT, id, {
      modelSettings: { new: { needsAck: true } },
    });
    expect(replaced.models).toEqual([
      { name: 'new', settings: { needsAck: true } },
      { name: 'small', settings: {} },
    ]);
    await expect(
      records.update(CLI_CONTEXT, id, { modelSettings: { gone: {} } }),
    ).rejects.toMatchObject({ code: 'invalid_request' });
    expect((await records.find(id)).models).toEqual(replaced.models);
  });

  it('are heard of by other replicas, and there after a restart', async () => {
    await using app = await TestApplication.start(dialect);
    await using replica = await startReplica(app);
    const records = app.context.get(ProviderRecordsService);
    const other = replica.context.get(CatalogueService);
    const { id } = await records.create(CLI_CONTEXT, wanted('one'));
    await until(() => other.find('one/small') !== undefined);
    await records.update(CLI_CONTEXT, id, { slug: 'two' });
    await until(() => other.find('two/small') !== undefined);
    expect(other.find('one/small')).toBeUndefined();
    await using later = await startReplica(app);
    expect(later.context.get(CatalogueService).resolve('large').id).toBe('two/large');
    await records.remove(CLI_CONTEXT, id);
    await until(() => other.find('two/small') === undefined);
  });

  it('whose key cannot be read are there, but cannot be asked', async () => {
    await using app = await TestApplication.start(dialect);
    await app.context.get(ProviderRecordsService).create(CLI_CONTEXT, wanted('one'));
    const [row] = await rowsOf(app);
    expect(keysAfterRotation('previous_encryption_keys: [PREVIOUS]').open(row!)).toEqual(
      expect.objectContaining({ reveal: expect.any(Function) as unknown }),
    );
    expect(keysAfterRotation('').open(row!)).toBe('unreadable');
    const tampered = `${row!.sealedKey!.slice(0, -6)}AAAAAA`;
    await app.dataSource.getRepository(Provider).update(row!.id, { sealedKey: tampered });
    await using broken = await startReplica(app);
    const catalogue = broken.context.get(CatalogueService);
    const entry = catalogue.resolve('one/small');
    const request = { callerId: 'a', affinityKey: null, tried: new Set<string>() };
    const turn = () =>
      broken.context.get(RouterService).turn(entry, { ...request, onGone: () => undefined });
    expect(turn).toThrow(expect.objectContaining({ code: 'model_unavailable' }));
  });
});

describe('resolution with defaults', () => {
  const GOVERNANCE = `
governance:
  default_model: house
  allow_unknown_models: true
`;
  const models = JSON.stringify([
    { name: 'house', endpoints: [{ url: 'http://127.0.0.1:1/v1', api_key: 'k' }] },
  ]);

  it('follows the configuration and the providers as they are now', async () => {
    await using app = await TestApplication.start('sqlite', { models, extra: GOVERNANCE });
    const catalogue = app.context.get(CatalogueService);
    const records = app.context.get(ProviderRecordsService);
    const noChoice = { chosenDefault: null };
    expect(catalogue.resolve('gpt-9', noChoice).id).toBe('house');
    expect(() => catalogue.resolve('gpt-9')).toThrow('no model');
    await records.create(CLI_CONTEXT, wanted('one', { isDefault: true }));
    expect(catalogue.resolve('', noChoice).id).toBe('house');
    expect(catalogue.resolve('auto', { chosenDefault: 'large' }).id).toBe('one/large');
  });

  it('says LLM_API_ERROR where there is nothing to choose from', async () => {
    await using app = await TestApplication.start('sqlite');
    const catalogue = app.context.get(CatalogueService);
    expect(() => catalogue.resolve('', { chosenDefault: null })).toThrow(
      expect.objectContaining({ code: 'LLM_API_ERROR', status: 503 }),
    );
    expect(() => catalogue.resolve('x', { chosenDefault: null })).toThrow(
      expect.objectContaining({ code: 'model_not_found', status: 404 }),
    );
  });
});
