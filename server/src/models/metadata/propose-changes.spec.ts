import { describe, expect, it } from '@jest/globals';
import { dump, load } from 'js-yaml';
import { loadConfiguration } from '../../config/index.js';
import { buildCatalogue } from '../catalogue.js';
import { type CatalogueEntry } from '../catalogue-entry.js';
import { configurationLines } from './configuration-lines.js';
import { proposeChanges } from './propose-changes.js';
import { type ToldFacts } from './told-facts.js';

const SECRETS = {
  secret_key: 'a-secret-key-of-at-least-32-characters',
  encryption_key: 'an-encryption-key-of-32-characters-or-more',
};
const URLS = ['http://one.example/v1', 'http://two.example/v1', 'http://three.example/v1'];
const ENDPOINTS = URLS.map((url) => ({ url }));

function entryOf(model: object): CatalogueEntry {
  const described = { name: 'org/model: "large"', endpoints: ENDPOINTS, ...model };
  const text = dump({ app: SECRETS, models: [described] });
  const loaded = loadConfiguration({ text, env: {} });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.errors));
  return buildCatalogue(loaded.config).list[0]!;
}

/** What each endpoint says, the first first; null: it did not answer. */
function proposalsOf(model: object, ...told: (ToldFacts | null)[]) {
  const entry = entryOf(model);
  const answers = told.map((facts, index) => ({
    endpoint: entry.endpoints[index]!,
    latencyMs: 1,
    facts,
    problem: facts ? null : 'Nothing listens at that address.',
  }));
  return proposeChanges(entry, answers);
}

const change = (field: string, current: unknown, proposed: unknown, source = URLS[0]) => ({
  field,
  current,
  proposed,
  source,
});

describe('proposeChanges', () => {
  it('proposes what is not known yet, and what is known otherwise', () => {
    const told = {
      contextWindow: 32_768,
      maxOutputTokens: 4096,
      supportsReasoning: true,
      supportsFunctionCalling: false,
      inputModalities: ['text', 'image'],
      parameterSize: '7.6B',
      quantization: 'Q4_K_M',
    };
    const model = { max_output_tokens: 8192, supports_function_calling: true };
    expect(proposalsOf(model, told)).toEqual([
      change('description', null, '7.6B parameters, Q4_K_M'),
      change('contextWindow', null, 32_768),
      change('maxOutputTokens', 8192, 4096),
      change('supportsReasoning', false, true),
      change('supportsFunctionCalling', true, false),
      change('inputModalities', ['text'], ['text', 'image']),
    ]);
  });

  it('proposes nothing that is known, nor another description, nor the order of words', () => {
    const model = {
      description: 'Good at maths',
      context_window: 32_768,
      input_modalities: ['image', 'text'],
    };
    const told = {
      contextWindow: 32_768,
      supportsReasoning: false,
      inputModalities: ['text', 'image'],
      parameterSize: '7.6B',
    };
    expect(proposalsOf(model, told)).toEqual([]);
  });

  it('proposes nothing where nobody answers, or says nothing', () => {
    expect(proposalsOf({})).toEqual([]);
    expect(proposalsOf({}, null, null)).toEqual([]);
    expect(proposalsOf({}, {}, {})).toEqual([]);
  });

  it('proposes what the weakest endpoint can do, and tells which that is', () => {
    const told = [
      { contextWindow: 131_072, supportsReasoning: true, inputModalities: ['text', 'image'] },
      { contextWindow: 8192, supportsReasoning: false, inputModalities: ['text'] },
      null,
    ];
    expect(proposalsOf({ context_window: 131_072, supports_reasoning: true }, ...told)).toEqual([
      change('contextWindow', 131_072, 8192, URLS[1]),
      change('supportsReasoning', true, false, URLS[1]),
    ]);
  });

  it('proposes no modality where endpoints have none in common', () => {
    const told = [{ outputModalities: ['embedding'] }, { outputModalities: ['audio'] }];
    expect(proposalsOf({}, ...told)).toEqual([]);
  });
});

describe('configurationLines', () => {
  it('is what makes the configuration say the same', () => {
    const told = {
      contextWindow: 32_768,
      supportsReasoning: true,
      inputModalities: ['text', 'image'],
      parameterSize: '7.6B',
    };
    const entry = entryOf({});
    const proposals = proposalsOf({}, told);
    const lines = configurationLines(entry.id, proposals);
    expect(lines.split('\n').slice(2)).toEqual([
      '    description: 7.6B parameters',
      '    context_window: 32768',
      '    supports_reasoning: true',
      '    input_modalities: [text, image]',
      '',
    ]);
    const written = (load(lines) as { models: object[] }).models[0]!;
    expect(entryOf(written)).toMatchObject(
      Object.fromEntries(proposals.map(({ field, proposed }) => [field, proposed])),
    );
    expect(proposalsOf(written, told)).toEqual([]);
  });
});
