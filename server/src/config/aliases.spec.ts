import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { diffConfigurations } from './diff.js';
import { configurationText, loadText, pathsOf, problemsOf } from './testing/configuration-text.js';

const MODEL = { name: 'm', input_cost_per_million: 1, output_cost_per_million: 1 };
const GROUP = (access: object) => ({ groups: { g: { model_access: access } } });

/** The same thing said in two ways: sections of the file, then keys of `app`. */
const SAME: [string, [object, object?], [object, object?]][] = [
  [
    'database_url',
    [{}, { database_url: 'sqlite:///a.db' }],
    [{}, { database: { url: 'sqlite:///a.db' } }],
  ],
  ['db_pool', [{}, { db_pool: { pool_size: 7 } }], [{}, { database: { pool_size: 7 } }]],
  [
    'pool_recycle -1',
    [{}, { db_pool: { pool_recycle: -1 } }],
    [{}, { database: { pool_recycle: 0 } }],
  ],
  ['projects', [{ projects: { a: { max: 1 } } }], [{ clients: { a: { max: 1 } } }]],
  ['api.prometheus', [{ api: { prometheus: { token: 't' } } }], [{ prometheus: { token: 't' } }]],
  ['api.monitoring', [{ api: { monitoring: { token: 't' } } }], [{ monitoring: { token: 't' } }]],
  [
    'active: false',
    [{ models: [{ ...MODEL, active: false }] }],
    [{ models: [{ ...MODEL, disabled: true }] }],
  ],
  ['active: true', [{ models: [{ ...MODEL, active: true }] }], [{ models: [{ ...MODEL }] }]],
  ['active: no', [{ groups: { g: { active: 'no' } } }], [{ groups: { g: { disabled: true } } }]],
  [
    'lists',
    [GROUP({ whitelist: ['m'], graylist: ['n'], blacklist: 'o' })],
    [GROUP({ allowed: ['m'], needs_ack: ['n'], blocked: ['o'] })],
  ],
  ['default: whitelist', [GROUP({ default: 'whitelist' })], [GROUP({ default: 'allowed' })]],
  ['default: graylist', [GROUP({ default: 'graylist' })], [GROUP({ default: 'needs_ack' })]],
  ['default: blacklist', [GROUP({ default: 'blacklist' })], [GROUP({ default: 'blocked' })]],
  ['pool', [{ users: { 'a@b': { pool: { max: 3 } } } }], [{ users: { 'a@b': { max: 3 } } }]],
  ['logs', [{}, { logs: { level: 'WARNING' } }], [{ log: { level: 'warn' } }]],
  [
    'dev_user',
    [{}, { debug: true, dev_user: 'A@b.c' }],
    [{}, { debug: true, dev_user: { email: 'a@b.c' } }],
  ],
  [
    'both alike',
    [{ projects: { a: { max: 1 } }, clients: { a: { max: 1 } } }],
    [{ clients: { a: { max: 1 } } }],
  ],
  [
    'both halves',
    [{ projects: { a: { max: 1 } }, clients: { b: {} } }],
    [{ clients: { a: { max: 1 }, b: {} } }],
  ],
];

const load = ([sections, app]: [object, object?]) =>
  loadText(configurationText({ ...sections }, { ...app })).config;

describe('other spellings', () => {
  it.each(SAME)('mean the same: %s', (_name, alias, canonical) => {
    expect(diffConfigurations(load(alias), load(canonical))).toEqual([]);
    expect(load(alias)).toEqual(load(canonical));
  });

  it.each([
    [
      { projects: { a: { max: 1 } }, clients: { a: { max: 2 } } },
      {},
      'projects.a.max',
      'clients.a.max',
    ],
    [
      {},
      { database_url: 'sqlite:///a', database: { url: 'sqlite:///b' } },
      'app.database_url',
      'app.database.url',
    ],
    [
      { models: [{ ...MODEL, active: true, disabled: true }] },
      {},
      'models[0].active',
      'models[0].disabled',
    ],
    [
      GROUP({ whitelist: ['a'], allowed: ['b'] }),
      {},
      'groups.g.model_access.whitelist',
      'groups.g.model_access.allowed',
    ],
    [
      { api: { prometheus: { enabled: true } }, prometheus: { enabled: false } },
      {},
      'api.prometheus.enabled',
      'prometheus.enabled',
    ],
  ])('that contradict each other are refused, both named: %#', (sections, app, path, other) => {
    const { errors } = problemsOf(configurationText(sections, app));
    expect(pathsOf(errors)).toEqual([path]);
    expect(errors[0]?.message).toContain(other);
  });

  it('keep their place in messages', () => {
    const text = configurationText(
      { projects: { a: { max: -5, active: 'perhaps', model_access: { whitelist: 7 } } } },
      { db_pool: { pool_size: 'many' } },
    );
    expect(pathsOf(problemsOf(text).errors)).toEqual([
      'app.db_pool.pool_size',
      'projects.a.active',
      'projects.a.max',
      'projects.a.model_access.whitelist',
    ]);
  });

  it('that are empty are nothing', () => {
    expect(
      loadText(`${configurationText()}projects:\napi: {prometheus: }\n`).config.clients,
    ).toEqual({});
  });

  it('load the same for any sections under either name', () => {
    const entry = fc.record(
      {
        max: fc.constantFrom(-2, 0, 1.5, 10),
        refresh: fc.constantFrom(0, 1),
        groups: fc.constant(['g']),
      },
      { requiredKeys: ['max'] },
    );
    const clients = fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), entry, { maxKeys: 5 });
    fc.assert(
      fc.property(clients, (entries) => {
        const [alias, canonical] = [{ projects: entries }, { clients: entries }];
        expect(load([alias])).toEqual(load([canonical]));
      }),
      { numRuns: 50 },
    );
  });
});
