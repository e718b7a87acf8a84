import { describe, expect, it } from '@jest/globals';
import { configurationText, problemsOf, SECRETS } from '../testing/configuration-text.js';

const MODEL = {
  name: 'm',
  input_cost_per_million: 1,
  output_cost_per_million: 1,
  endpoints: [{ url: 'http://h/v1' }],
};
const MODELS = { models: [MODEL] };
const OIDC = { oauth2: { client_id: 'c', client_secret: 's', redirect_uri: 'https://l/callback' } };
const group = (g: object) => ({ groups: { g } });
const user = (settings: object) => ({ users: { 'a@b.edu': settings } });

type Case = [name: string, sections: object, app: object, path: string, words: RegExp];

const matching = (words: RegExp) => expect.stringMatching(words) as unknown;

const ERRORS: Case[] = [
  [
    'two models of one name',
    { models: [MODEL, MODEL] },
    {},
    'models[1].name',
    /same as models\[0\]/,
  ],
  ['a short secret', {}, { secret_key: 'short' }, 'app.secret_key', /shorter than 32/],
  [
    'the secret of the example',
    {},
    { encryption_key: 'change-me-to-something-different' },
    'app.encryption_key',
    /example/,
  ],
  ['a short key secret', {}, { api_key_secret: 'short' }, 'app.api_key_secret', /shorter/],
  [
    'one secret twice',
    {},
    { encryption_key: SECRETS.secret_key },
    'app.encryption_key',
    /same as app.secret_key/,
  ],
  ['dev_user without debug', {}, { dev_user: 'a@b.edu' }, 'app.dev_user', /needs app.debug: true/],
  [
    'starting above max',
    group({ max: 1, starting: 2 }),
    {},
    'groups.g.starting',
    /above max \(2 > 1\)/,
  ],
  [
    'the same for tokens',
    group({ default: { max: 1, starting: 2 } }),
    {},
    'groups.g.default.starting',
    /above max/,
  ],
  [
    'the same for users',
    user({ m: { max: 1, starting: 2 } }),
    {},
    'users["a@b.edu"].m.starting',
    /above max/,
  ],
  [
    'the same for clients',
    { projects: { c: { max: 1, starting: 2 } } },
    {},
    'projects.c.starting',
    /above max/,
  ],
  [
    'the same for everyone',
    { defaults: { tokens: { max: 1, starting: 2 } } },
    {},
    'defaults.tokens.starting',
    /above max/,
  ],
  [
    'a star in a list',
    group({ model_access: { whitelist: ['*'] } }),
    {},
    'groups.g.model_access.whitelist[0]',
    /default: allowed/,
  ],
  [
    'falling back to itself',
    { models: [{ ...MODEL, fallbacks: ['m'] }] },
    {},
    'models[0].fallbacks[0]',
    /itself/,
  ],
  [
    'workers on memory',
    { server: { workers: 2 } },
    { database_url: 'sqlite:///:memory:' },
    'server.workers',
    /in memory/,
  ],
];

const WARNINGS: Case[] = [
  [
    'a short secret while debugging',
    OIDC,
    { debug: true, secret_key: 'short' },
    'app.secret_key',
    /shorter/,
  ],
  ['no way to log in', {}, {}, 'oauth2.client_id', /nobody can log in/],
  ['no client secret', { oauth2: { client_id: 'c' } }, {}, 'oauth2.client_secret', /not set/],
  [
    'another callback',
    { oauth2: { ...OIDC.oauth2, redirect_uri: 'https://l/x' } },
    {},
    'oauth2.redirect_uri',
    /\/callback/,
  ],
  [
    'open metrics',
    { ...OIDC, prometheus: { enabled: true } },
    {},
    'prometheus.token',
    /open to everyone/,
  ],
  [
    'no prices',
    {
      ...OIDC,
      models: [{ ...MODEL, input_cost_per_million: null, output_cost_per_million: null }],
    },
    {},
    'models[0]',
    /"m" has no prices/,
  ],
  [
    'one price',
    { ...OIDC, models: [{ ...MODEL, input_cost_per_million: null }] },
    {},
    'models[0]',
    /no input_cost_per_million/,
  ],
  [
    'a misspelt price',
    { ...OIDC, models: [{ ...MODEL, input_cost_per_milion: 1 }] },
    {},
    'models[0].input_cost_per_milion',
    /did you mean input_cost_per_million/,
  ],
  [
    'no endpoint',
    { ...OIDC, models: [{ ...MODEL, endpoints: [] }] },
    {},
    'models[0].endpoints',
    /cannot answer/,
  ],
  [
    'max 0 with refresh',
    { ...OIDC, ...group({ max: 0, refresh: 1 }) },
    {},
    'groups.g.refresh',
    /no effect/,
  ],
  [
    'max 0 with starting',
    { ...OIDC, ...group({ max: 0, starting: 1 }) },
    {},
    'groups.g.starting',
    /no effect/,
  ],
  [
    'an unknown group',
    { ...OIDC, ...user({ groups: ['g'] }) },
    {},
    'users["a@b.edu"].groups[0]',
    /"g", which is no group of this file/,
  ],
  [
    'an unknown group of dev_user',
    {},
    { debug: true, dev_user: { email: 'a@b', groups: ['x'] } },
    'app.dev_user.groups[0]',
    /"x"/,
  ],
  [
    'an unknown model in a list',
    { ...OIDC, ...MODELS, ...group({ model_access: { blocked: ['mm'] } }) },
    {},
    'groups.g.model_access.blocked[0]',
    /did you mean "m"/,
  ],
  [
    'an unknown model with a pool',
    { ...OIDC, ...MODELS, ...group({ x: { max: 1 } }) },
    {},
    'groups.g.x',
    /no model/,
  ],
  [
    'an unknown fallback',
    { ...OIDC, models: [{ ...MODEL, fallbacks: ['p/x'] }] },
    {},
    'models[0].fallbacks[0]',
    /"p\/x".* a provider may have it/,
  ],
  [
    'an unknown default',
    { ...OIDC, governance: { default_model: 'x' } },
    {},
    'governance.default_model',
    /"x"/,
  ],
  [
    'a hidden default',
    {
      ...OIDC,
      ...MODELS,
      models: [MODEL, { ...MODEL, name: 'n' }],
      governance: { default_model: 'm', allowed_models: ['n'] },
    },
    {},
    'governance.default_model',
    /hidden/,
  ],
  [
    'half a fallback',
    { ...OIDC, governance: { fallback: { api_key: 'k' } } },
    {},
    'governance.fallback.base_url',
    /not set/,
  ],
  [
    'a model in two lists',
    { ...OIDC, ...MODELS, ...group({ model_access: { allowed: ['m'], blocked: ['m'] } }) },
    {},
    'groups.g.model_access.allowed[0]',
    /blocked too/,
  ],
  [
    'an unknown model of a client',
    { ...OIDC, clients: { c: { default_model: 'x' } } },
    {},
    'clients.c.default_model',
    /"x"/,
  ],
  ['a user without @', { ...OIDC, users: { ada: {} } }, {}, 'users.ada', /nobody/],
  [
    'a budget for users.default',
    { ...OIDC, users: { default: { max: 1 } } },
    {},
    'users.default',
    /groups.default/,
  ],
  [
    'rules for default',
    { ...OIDC, groups: { default: { rules: [{ field: 'a', equals: 'b' }] } } },
    {},
    'groups.default.rules',
    /no effect/,
  ],
  [
    'time limits out of order',
    { ...OIDC, upstream: { timeouts: { first_token_s: 9, total_s: 8 } } },
    {},
    'upstream.timeouts.first_token_s',
    /above total_s/,
  ],
  [
    'cool-downs out of order',
    { ...OIDC, upstream: { ejection: { cooldown_s: 9, max_cooldown_s: 8 } } },
    {},
    'upstream.ejection.cooldown_s',
    /max_cooldown_s/,
  ],
];

describe('rules between keys', () => {
  it.each(ERRORS)('refuse %s', (...[, sections, app, path, words]) => {
    const { errors } = problemsOf(configurationText({ ...OIDC, ...sections }, { ...app }));
    expect(errors).toEqual([{ path, message: matching(words) }]);
  });

  it.each(WARNINGS)('warn of %s', (...[, sections, app, path, words]) => {
    const { errors, warnings } = problemsOf(configurationText({ ...sections }, { ...app }));
    expect(errors).toEqual([]);
    expect(warnings).toEqual([{ path, message: matching(words) }]);
  });

  it('find nothing wrong with a sound file', () => {
    const sections = {
      ...OIDC,
      ...MODELS,
      ...group({ max: -2, refresh: 5, m: { max: 5 }, model_access: { allowed: ['m'] } }),
      ...user({ groups: ['g', 'default'] }),
    };
    expect(problemsOf(configurationText(sections))).toEqual({ errors: [], warnings: [] });
  });

  it('still judge what is valid when another section is not', () => {
    const sections = {
      models: [MODEL, MODEL],
      chat: { remove: 'burn' },
      ...group({ max: 1, starting: 2 }),
    };
    const { errors } = problemsOf(configurationText(sections, { dev_user: 'a@b' }));
    expect(errors.map(({ path }) => path)).toEqual([
      'chat.remove',
      'app.dev_user',
      'models[1].name',
      'groups.g.starting',
    ]);
  });

  it('do not judge against a section that is not valid', () => {
    const sections = { ...OIDC, models: [{ ...MODEL, name: 5 }], ...group({ m: { max: 1 } }) };
    const { errors, warnings } = problemsOf(configurationText(sections));
    expect(errors.map(({ path }) => path)).toEqual(['models[0].name']);
    expect(warnings).toEqual([]);
  });
});
