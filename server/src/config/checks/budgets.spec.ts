import { describe, expect, it } from '@jest/globals';
import { configurationText, problemsOf } from '../testing/configuration-text.js';

const OIDC = { oauth2: { client_id: 'c', client_secret: 's', redirect_uri: 'https://l/callback' } };
const PRICES = { input_cost_per_million: 1, output_cost_per_million: 1 };
const model = (more: object) => ({
  models: [{ name: 'm', endpoints: [{ url: 'http://h/v1' }], ...PRICES, ...more }],
});
const group = (g: object) => ({ ...model({}), groups: { g } });
const problems = (sections: object) => problemsOf(configurationText({ ...OIDC, ...sections }));

/** Each is refused, and its path named. */
const ABSURD: [name: string, sections: object, path: string][] = [
  ['a negative max of coins', group({ max: -1 }), 'groups.g.max'],
  ['a max just beside unlimited', group({ max: -2.5 }), 'groups.g.max'],
  ['coins that do not fit', group({ max: 1e9 + 1 }), 'groups.g.max'],
  ['coins without end', group({ max: Infinity }), 'groups.g.max'],
  ['coins that are no number', group({ max: NaN }), 'groups.g.max'],
  ['coins in words', group({ max: 'many' }), 'groups.g.max'],
  ['a list of coins', group({ max: [5] }), 'groups.g.max'],
  ['a negative refresh', group({ max: 5, refresh: -1 }), 'groups.g.refresh'],
  ['an unlimited refresh', group({ max: 5, refresh: -2 }), 'groups.g.refresh'],
  ['an absurd refresh', group({ max: 5, refresh: 1e12 }), 'groups.g.refresh'],
  ['a negative starting amount', group({ max: 5, starting: -1 }), 'groups.g.starting'],
  ['negative tokens', group({ default: { max: -1 } }), 'groups.g.default.max'],
  ['half a token', group({ default: { max: 1.5 } }), 'groups.g.default.max'],
  ['half a token an hour', group({ m: { max: 5, refresh: 0.5 } }), 'groups.g.m.refresh'],
  ['tokens that do not fit', group({ m: { max: 1e16 } }), 'groups.g.m.max'],
  ['a negative max of a user', { users: { 'a@b.edu': { max: -1 } } }, 'users["a@b.edu"].max'],
  ['a negative max of a client', { clients: { c: { max: -1 } } }, 'clients.c.max'],
  ['a negative default', { defaults: { tokens: { max: -1 } } }, 'defaults.tokens.max'],
  ['a negative price', model({ input_cost_per_million: -1 }), 'models[0].input_cost_per_million'],
  [
    'a price in words',
    model({ output_cost_per_million: 'x' }),
    'models[0].output_cost_per_million',
  ],
  ['an endless price', model({ audio_cost_per_hour: Infinity }), 'models[0].audio_cost_per_hour'],
  [
    'a negative price of what is cached',
    model({ cached_input_cost_per_million: -1 }),
    'models[0].cached_input_cost_per_million',
  ],
];

/** Each is named at the start, and means what the documentation says. */
const DOUBTFUL: [name: string, sections: object, path: string, words: RegExp][] = [
  [
    'tokens of 0 with a refresh',
    group({ default: { max: 0, refresh: 1 } }),
    'groups.g.default.refresh',
    /no effect/,
  ],
  [
    'a default of 0 with a starting amount',
    { defaults: { tokens: { max: 0, starting: 5 } } },
    'defaults.tokens.starting',
    /no effect/,
  ],
  ['a misspelt refresh', group({ max: 5, refesh: 1 }), 'groups.g.refesh', /refresh/],
  [
    'a misspelt refresh of tokens',
    group({ default: { max: 5, refesh: 1 } }),
    'groups.g.default.refesh',
    /refresh/,
  ],
  [
    'no price for output',
    model({ output_cost_per_million: null }),
    'models[0]',
    /no output_cost_per_million/,
  ],
];

describe('budgets and prices of the file', () => {
  it.each(ABSURD)('refuse %s', (_name, sections, path) => {
    const { errors } = problems(sections);
    expect(errors.map((error) => error.path)).toEqual([path]);
  });

  it.each(DOUBTFUL)('warn of %s', (_name, sections, path, words) => {
    const { errors, warnings } = problems(sections);
    expect(errors).toEqual([]);
    expect(warnings).toEqual([{ path, message: expect.stringMatching(words) as unknown }]);
  });

  it('say both what is missing and what is unknown of a misspelt price', () => {
    const { warnings } = problems(
      model({ input_cost_per_million: null, input_cost_per_milion: 1 }),
    );
    expect(warnings.map(({ path }) => path).sort()).toEqual([
      'models[0]',
      'models[0].input_cost_per_milion',
    ]);
  });

  it.each([
    ['ten million coins', group({ max: 1e7, refresh: 0.05, starting: 1e7 })],
    ['a billion coins', group({ max: 1e9 })],
    ['a refresh above max', group({ max: 5, refresh: 50 })],
    ['an unlimited budget', group({ max: -2, default: { max: -2 } })],
    ['a free model', model({ input_cost_per_million: 0, output_cost_per_million: 0 })],
  ])('take %s', (_name, sections) => {
    expect(problems(sections)).toEqual({ errors: [], warnings: [] });
  });
});
