import { describe, expect, it } from '@jest/globals';
import { loadConfiguration, Secret } from '../config/index.js';
import { type ServingProvider } from '../providers/index.js';
import { buildCatalogue } from './catalogue.js';
import { findModel, resolveModel } from './resolve-model.js';

const BASE = `
app:
  secret_key: a-secret-key-of-at-least-32-characters
  encryption_key: an-encryption-key-of-32-characters-or-more
`;
const FILE_MODELS = `
models:
  - { name: house, endpoints: [{ url: http://house.example/v1, api_key: k }] }
  - { name: first/shadowed, endpoints: [{ url: http://house.example/v1 }] }
  - { name: off, disabled: true, endpoints: [{ url: http://house.example/v1 }] }
`;
const FALLBACK = 'fallback: { base_url: http://last.example/v1, api_key: z, model: last }';

function provider(slug: string, models: string[], more: Partial<ServingProvider> = {}) {
  const serving: ServingProvider = {
    id: slug,
    name: slug.toUpperCase(),
    slug,
    isDefault: false,
    baseUrl: `https://${slug}.example/v1`,
    key: new Secret(`key-of-${slug}`),
    models: models.map((name) => ({ name, settings: {} })),
    ...more,
  };
  return serving;
}

const FIRST = provider('first', ['shared', 'house', 'shadowed', 'off', 'one']);
const SECOND = provider('second', ['two', 'shared', 'org/three'], { isDefault: true });

function configured(extra = '') {
  const loaded = loadConfiguration({ text: `${BASE}${extra}`, env: {} });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.errors));
  return loaded.config;
}

interface Case {
  yaml?: string;
  providers?: ServingProvider[];
  chosenDefault?: string | null;
}

function resolve(name: string, { yaml = '', providers = [], chosenDefault = null }: Case): string {
  const config = configured(yaml);
  const { defaultModel, allowUnknownModels } = config.governance;
  const resolved = resolveModel(buildCatalogue(config, providers), name, {
    chosenDefault,
    governanceDefault: defaultModel,
    allowsUnknown: allowUnknownModels,
  });
  return typeof resolved === 'string' ? resolved : `= ${resolved.id}`;
}

const BOTH = [FIRST, SECOND];
const governed = (keys: string) => `${FILE_MODELS}governance: { ${keys} }`;

describe('a model is resolved', () => {
  it.each<[string, string, string, Case]>([
    ['a name of the file', 'house', '= house', { providers: BOTH }],
    ['slug/model', 'second/shared', '= second/shared', { providers: BOTH }],
    ['slug/model with slashes', 'second/org/three', '= second/org/three', { providers: BOTH }],
    ['a bare name with slashes', 'org/three', '= second/org/three', { providers: BOTH }],
    ['a bare name, created first', 'shared', '= first/shared', { providers: BOTH }],
    ['a bare name of the other', 'two', '= second/two', { providers: BOTH }],
    [
      'a name of the file before slug/model',
      'first/shadowed',
      '= first/shadowed',
      { providers: BOTH },
    ],
    ['nothing for a disabled name', 'off', 'unknown', { providers: BOTH }],
    ['nothing for an unknown name', 'nonsense', 'unknown', { providers: BOTH }],
    ['nothing for another slug', 'third/shared', 'unknown', { providers: BOTH }],
    ['nothing for another case', 'SHARED', 'unknown', { providers: BOTH }],
    ['nothing for a name with spaces', ' house ', 'unknown', { providers: BOTH }],
    ['nothing for a name of Object', '__proto__', 'unknown', { providers: BOTH }],
  ])('by %s', (_what, name, expected, options) => {
    expect(resolve(name, { yaml: FILE_MODELS, ...options })).toBe(expected);
  });

  it.each(['', '  ', 'auto'])('where %j is asked for, by the first default there is', (name) => {
    const yaml = governed(`default_model: house, ${FALLBACK}`);
    const none = governed(FALLBACK);
    const chosenDefault = 'two';
    expect(resolve(name, { yaml, providers: BOTH, chosenDefault })).toBe('= second/two');
    expect(resolve(name, { yaml, providers: BOTH })).toBe('= house');
    expect(resolve(name, { yaml, providers: BOTH, chosenDefault: 'gone' })).toBe('= house');
    expect(resolve(name, { yaml: none, providers: BOTH })).toBe('= second/two');
    expect(resolve(name, { yaml: none, providers: [FIRST] })).toBe('= first/shared');
    expect(resolve(name, { yaml: none })).toBe('= last');
    expect(resolve(name, { yaml: FILE_MODELS })).toBe('no_default');
    expect(resolve(name, {})).toBe('no_default');
  });

  it('where the name is unknown, by default only if the governance lets it pass', () => {
    const passing = governed(`allow_unknown_models: true, default_model: house`);
    expect(resolve('gpt-9', { yaml: passing })).toBe('= house');
    expect(resolve('off', { yaml: passing })).toBe('= house');
    expect(resolve('gpt-9', { yaml: governed('default_model: house') })).toBe('unknown');
    expect(resolve('gpt-9', { yaml: governed('allow_unknown_models: true') })).toBe('no_default');
  });

  it('by the name auto, if a model is called that', () => {
    expect(resolve('auto', { providers: [provider('p', ['x', 'auto'])] })).toBe('= p/auto');
  });

  it.each([
    ['second/shared', ['second/shared'], 'shared', '= second/shared'],
    ['shared', ['first/shared', 'second/shared'], 'shared', '= first/shared'],
    ['house', ['house', 'first/house'], 'house', '= house'],
    ['two', ['second/two'], 'auto', '= second/two'],
    ['nothing', [], 'house', 'unknown'],
  ])('among those that are allowed: %s', (allowed, shown, name, expected) => {
    const yaml = governed(`allowed_models: [${allowed}]`);
    const catalogue = buildCatalogue(configured(yaml), BOTH);
    // "first/house" is a provider's model of a name that the file has too: allowed by that name.
    expect(catalogue.list.map(({ id }) => id)).toEqual(shown);
    expect(catalogue.all.map(({ id }) => id)).toEqual(shown);
    expect(resolve(name, { yaml, providers: BOTH })).toBe(expected);
  });

  it('past a default provider whose key cannot be read', () => {
    const locked = provider('locked', ['two'], { isDefault: true, key: 'unreadable' });
    expect(resolve('', { providers: [locked, FIRST] })).toBe('= first/shared');
    expect(resolve('two', { providers: [locked, FIRST] })).toBe('= locked/two');
  });
});

describe('the catalogue', () => {
  it('has the models of the file, then those of providers, and the last resort if there are none', () => {
    const catalogue = buildCatalogue(configured(governed(FALLBACK)), BOTH);
    expect(catalogue.list.map(({ id }) => id)).toEqual([
      'house',
      'first/shadowed',
      'first/shared',
      'first/house',
      'first/off',
      'first/one',
      'second/two',
      'second/shared',
      'second/org/three',
    ]);
    const alone = buildCatalogue(configured(`governance: { ${FALLBACK} }`));
    expect(alone.list.map(({ id }) => id)).toEqual(['last']);
    expect(findModel(alone, 'last')?.endpoints[0]).toMatchObject({
      origin: 'http://last.example',
      authorization: 'Bearer z',
      upstreamModel: 'last',
    });
  });

  it('makes of a provider’s model an entry like any other', () => {
    const settings = { inputCostPerMillion: 2.5, contextWindow: 8192, access: 'blocked' } as const;
    const priced = provider('p', [], { models: [{ name: 'a/b', settings }] });
    const entry = findModel(buildCatalogue(configured(), [priced]), 'p/a/b');
    expect(entry).toMatchObject({
      id: 'p/a/b',
      isDisabled: false,
      inputCostPerMillion: 2.5,
      outputCostPerMillion: 0,
      prices: { inputPerMillion: 2_500_000_000n, cachedInputPerMillion: 2_500_000_000n },
      contextWindow: 8192,
      access: 'blocked',
      inputModalities: ['text'],
      endpoints: [
        {
          origin: 'https://p.example',
          basePath: '/v1',
          authorization: 'Bearer key-of-p',
          upstreamModel: 'a/b',
          isPublicOnly: false,
        },
      ],
    });
  });

  it('keeps providers, and them alone, out of private networks if so configured', () => {
    const yaml = `${FILE_MODELS}upstream: { allow_private: false }`;
    const catalogue = buildCatalogue(configured(yaml), BOTH);
    expect(findModel(catalogue, 'house')?.endpoints[0]?.isPublicOnly).toBe(false);
    expect(findModel(catalogue, 'two')?.endpoints[0]?.isPublicOnly).toBe(true);
  });

  it('has no endpoint for a key that cannot be read, and sends none where there is none', () => {
    const catalogue = buildCatalogue(configured(), [
      provider('locked', ['a'], { key: 'unreadable' }),
      provider('open', ['b'], { key: null }),
    ]);
    expect(findModel(catalogue, 'a')?.endpoints).toEqual([]);
    expect(findModel(catalogue, 'b')?.endpoints[0]?.authorization).toBeNull();
  });
});
