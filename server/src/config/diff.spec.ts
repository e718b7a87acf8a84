import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { diffConfigurations, keepRestartOnly } from './diff.js';
import { documentedKeys } from './documented-keys.js';
import { configurationText, loadText } from './testing/configuration-text.js';

const load = (sections: object = {}, app: object = {}) =>
  loadText(configurationText({ ...sections }, { ...app })).config;
const model = (name: string, rest: object = {}) => ({
  name,
  endpoints: [{ url: 'http://h/v1', api_key: 'k' }],
  ...rest,
});

type Sides = [object, object?];

/** What the seeds list as hot, and what else may change in shape. */
const HOT: [string, Sides, Sides, string[]][] = [
  [
    'models[*].active',
    [{ models: [model('a')] }],
    [{ models: [model('a', { active: false })] }],
    ['models.a.disabled'],
  ],
  [
    'a price',
    [{ models: [model('a')] }],
    [{ models: [model('a', { input_cost_per_million: 2 })] }],
    ['models.a.input_cost_per_million'],
  ],
  [
    'an endpoint more',
    [{ models: [model('a')] }],
    [
      {
        models: [
          model('a', { endpoints: [{ url: 'http://h/v1', api_key: 'k' }, { url: 'http://i/v1' }] }),
        ],
      },
    ],
    ['models.a.endpoints'],
  ],
  [
    'a key of an endpoint',
    [{ models: [model('gpt-4.1')] }],
    [{ models: [model('gpt-4.1', { endpoints: [{ url: 'http://h/v1', api_key: 'other' }] })] }],
    ['models["gpt-4.1"].endpoints[0].api_key'],
  ],
  [
    'a model before the others',
    [{ models: [model('a')] }],
    [{ models: [model('b'), model('a')] }],
    ['models'],
  ],
  ['a group', [{}], [{ groups: { g: {} } }], ['groups.g']],
  [
    'coins',
    [{ groups: { g: { max: 5 } } }],
    [{ groups: { g: { max: 6, starting: 5 } } }],
    ['groups.g.max'],
  ],
  [
    'coins that appear',
    [{ groups: { g: {} } }],
    [{ groups: { g: { max: 6 } } }],
    ['groups.g.max', 'groups.g.refresh', 'groups.g.starting'],
  ],
  [
    'tokens of a model',
    [{ groups: { g: { m: { max: 5 } } } }],
    [{ groups: { g: { m: { max: 6, starting: 5 } } } }],
    ['groups.g.m.max'],
  ],
  [
    'groups[*].model_access',
    [{ groups: { g: {} } }],
    [{ groups: { g: { model_access: { blacklist: ['a'] } } } }],
    ['groups.g.model_access.blocked'],
  ],
  [
    'clients.default',
    [{ clients: { default: { max: 5 } } }],
    [{ clients: { default: { max: 6, starting: 5 } } }],
    ['clients.default.max'],
  ],
  ['admins', [{}], [{ admins: ['a@b.edu'] }], ['admins']],
  ['chat.remove', [{}], [{ chat: { remove: 'delete' } }], ['chat.remove']],
  ['chat.upload', [{}], [{ chat: { upload: { max_size_mb: 5 } } }], ['chat.upload.max_size_mb']],
  [
    'rate_limiting.limit',
    [{}],
    [{ rate_limiting: { limit: '5 per hour' } }],
    ['rate_limiting.limit'],
  ],
  ['a name', [{}, {}], [{}, { name: 'Other' }], ['app.name']],
  [
    'dev_user',
    [{}, { debug: true }],
    [{}, { debug: true, dev_user: 'a@b' }],
    ['app.dev_user.email', 'app.dev_user.groups'],
  ],
];

/** What the seeds list as needing a restart. */
const RESTART: [string, Sides, Sides, string[]][] = [
  ['secret_key', [{}, {}], [{}, { secret_key: 'x'.repeat(40) }], ['app.secret_key']],
  [
    'encryption_key',
    [{}, {}],
    [{}, { encryption_key: 'x'.repeat(40) }],
    ['app.encryption_key', 'app.api_key_secret'],
  ],
  ['database_url', [{}, {}], [{}, { database_url: 'sqlite:///x.db' }], ['app.database.url']],
  ['db_pool', [{}, {}], [{}, { db_pool: { pool_size: 9 } }], ['app.database.pool_size']],
  ['debug', [{}, {}], [{}, { debug: true }], ['app.debug', 'app.host']],
  [
    'oauth2',
    [{}],
    [{ oauth2: { client_id: 'c', params: { idphint: 'x' } } }],
    ['oauth2.client_id', 'oauth2.params.idphint'],
  ],
  ['prometheus.enabled', [{}], [{ prometheus: { enabled: true } }], ['prometheus.enabled']],
  [
    'prometheus.multiproc_dir',
    [{}],
    [{ prometheus: { multiproc_dir: '/x' } }],
    ['prometheus.multiproc_dir'],
  ],
  [
    'storage_url',
    [{}],
    [{ rate_limiting: { storage_url: 'redis://r' } }],
    ['rate_limiting.storage_url'],
  ],
];

describe('diffConfigurations', () => {
  it.each(HOT)('finds %s to be hot', (_name, before, after, paths) => {
    const found = diffConfigurations(load(...before), load(...after));
    expect(found).toEqual(paths.map((path) => ({ path, reload: 'hot' })));
  });

  it.each(RESTART)('finds %s to need a restart', (_name, before, after, paths) => {
    const found = diffConfigurations(load(...before), load(...after));
    expect(found).toEqual(paths.map((path) => ({ path, reload: 'restart' })));
  });

  it.each(['seed-readme', 'seed-admin'])('finds no difference of %s to itself', (name) => {
    const text = readFileSync(`test/fixtures/${name}.yaml`, 'utf8');
    expect(diffConfigurations(loadText(text).config, loadText(text).config)).toEqual([]);
  });

  it('says the same forwards and backwards', () => {
    const [one, other] = ['seed-readme', 'seed-admin'].map(
      (name) => loadText(readFileSync(`test/fixtures/${name}.yaml`, 'utf8')).config,
    );
    if (!one || !other) throw new Error('fixtures are missing');
    const paths = (found: { path: string }[]) => found.map(({ path }) => path).sort();
    expect(paths(diffConfigurations(one, other))).toEqual(paths(diffConfigurations(other, one)));
  });

  it('never shows a value', () => {
    const found = diffConfigurations(load(), load({}, { secret_key: 'hunter2'.repeat(9) }));
    expect(JSON.stringify(found)).not.toContain('hunter2');
  });
});

describe('keepRestartOnly', () => {
  it('takes over what is hot and keeps the rest as it runs', () => {
    const running = load({ chat: { remove: 'hide' } }, { database: { pool_size: 3 } });
    const next = load(
      { chat: { remove: 'delete' }, prometheus: { enabled: true, token: 't' } },
      { name: 'New', database: { pool_size: 9 }, debug: true, secret_key: 'n'.repeat(40) },
    );
    const kept = keepRestartOnly(running, next);
    expect(kept.chat.remove).toBe('delete');
    expect(kept.app.name).toBe('New');
    expect(kept.prometheus.token?.reveal()).toBe('t');
    expect(kept.prometheus.enabled).toBe(false);
    expect(kept.app.debug).toBe(false);
    expect(kept.app.database.poolSize).toBe(3);
    expect(kept.app.secretKey.equals(running.app.secretKey)).toBe(true);
    expect(diffConfigurations(running, kept).every(({ reload }) => reload === 'hot')).toBe(true);
    expect(diffConfigurations(kept, next).every(({ reload }) => reload === 'restart')).toBe(true);
    expect(Object.isFrozen(kept) && Object.isFrozen(kept.app)).toBe(true);
  });

  it('has no restart-only key within a list or an open mapping, where it could not be kept', () => {
    const inside = documentedKeys().filter(
      ({ path, reload }) =>
        reload === 'restart' && /\[\]|</.test(path) && !path.startsWith('oauth2.'),
    );
    expect(inside).toEqual([]);
  });
});
