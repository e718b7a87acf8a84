import { describe, expect, it } from '@jest/globals';
import { loadConfiguration, Secret } from '../config/index.js';
import { type ServingProvider } from '../providers/index.js';
import { buildCatalogue } from './catalogue.js';
import { explainResolution } from './explain-resolution.js';
import { resolveModel } from './resolve-model.js';

const BASE = `
app:
  secret_key: a-secret-key-of-at-least-32-characters
  encryption_key: an-encryption-key-of-32-characters-or-more
models:
  - { name: house, endpoints: [{ url: http://house.example/v1, api_key: k }] }
`;
const FALLBACK = 'fallback: { base_url: http://last.example/v1, api_key: z, model: last }';

function provider(slug: string, models: string[], isDefault = false): ServingProvider {
  return {
    id: slug,
    name: slug,
    slug,
    isDefault,
    baseUrl: `https://${slug}.example/v1`,
    key: new Secret(`key-of-${slug}`),
    models: models.map((name) => ({ name, settings: {} })),
  };
}

const FIRST = provider('first', ['one', 'shared']);
const SECOND = provider('second', ['two', 'shared'], true);

interface Case {
  governance?: string;
  providers?: ServingProvider[];
  chosenDefault?: string;
}

function explain(name: string, { governance = '', providers = [], chosenDefault }: Case) {
  const text = `${BASE}governance: { ${governance} }`;
  const loaded = loadConfiguration({ text, env: {} });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.errors));
  const catalogue = buildCatalogue(loaded.config, providers);
  const { defaultModel, allowUnknownModels } = loaded.config.governance;
  const facts = {
    chosenDefault: chosenDefault ?? null,
    governanceDefault: defaultModel,
    allowsUnknown: allowUnknownModels,
    written: new Set(['house']),
    defaultSlug: providers.find(({ isDefault }) => isDefault)?.slug ?? null,
  };
  const explained = explainResolution(catalogue, name, facts);
  expect(explained.result).toBe(resolveModel(catalogue, name, facts));
  return explained;
}

const BOTH = [FIRST, SECOND];

describe('explainResolution', () => {
  it.each<[string, Case, string | undefined, string | null]>([
    ['house', {}, 'file', 'house'],
    ['first/one', { providers: BOTH }, 'provider', 'first/one'],
    ['shared', { providers: BOTH }, 'bare_name', 'first/shared'],
    ['auto', { providers: BOTH, chosenDefault: 'two' }, 'client_default', 'two'],
    [
      '',
      { governance: 'default_model: house', chosenDefault: 'gone' },
      'governance_default',
      'house',
    ],
    ['auto', { providers: BOTH }, 'default_provider', 'second/two'],
    ['auto', { providers: [FIRST] }, 'first_provider', 'first/one'],
    ['auto', { governance: FALLBACK }, 'fallback', 'last'],
    ['what', { governance: `allow_unknown_models: true, ${FALLBACK}` }, 'fallback', 'last'],
    ['what', { providers: BOTH }, undefined, null],
    ['auto', {}, undefined, null],
  ])('of %j with %j ends at %s with %s', (name, given, step, value) => {
    const { steps } = explain(name, given);
    const found = steps.filter(({ outcome }) => outcome === 'found');
    expect(found.map((each) => each.step)).toEqual(step === undefined ? [] : [step]);
    expect(found[0]?.value ?? null).toBe(value);
    const after = steps.slice(steps.findIndex((each) => each.outcome === 'found') + 1);
    if (step !== undefined) {
      expect(after.every(({ outcome }) => outcome === 'not_reached')).toBe(true);
    }
  });

  it('tells a name that may not pass from defaults that are not there', () => {
    const outcomes = (name: string) => explain(name, {}).steps.map(({ outcome }) => outcome);
    expect(outcomes('what')).toEqual([
      ...Array<string>(3).fill('nothing'),
      ...Array<string>(5).fill('not_asked'),
    ]);
    expect(outcomes('auto')).toEqual(Array<string>(8).fill('nothing'));
  });
});
