import { describe, expect, it } from '@jest/globals';
import { type Funding, type HoldGrant } from '../../budgets/index.js';
import { type CatalogueEntry } from '../../models/index.js';
import { type ModelRequest } from '../requests/model-request.js';
import { planOutput } from '../requests/output-limit.js';
import { outputTerms } from './output-terms.js';

const USUAL = 100;

interface Case {
  isStream?: boolean;
  limit?: number | null;
  choices?: number;
  pools?: readonly ('coins' | 'tokens')[];
  isFree?: boolean;
  maxOutputTokens?: number | null;
  contextWindow?: number | null;
  hidesReasoning?: boolean;
  /** Output tokens that were held; all that was asked for if it is not said. */
  held?: number;
}

function termsOf(options: Case) {
  const { isStream = true, limit = null, choices = 1, pools = ['coins'] } = options;
  const { maxOutputTokens = null, contextWindow = null, hidesReasoning = false } = options;
  const request = { isStream, output: { limit, choices } } as ModelRequest;
  const prices = { outputPerMillion: options.isFree ? 0n : 1n };
  const entry = { prices, maxOutputTokens, contextWindow } as CatalogueEntry;
  const funding = {
    coins: pools.includes('coins') ? {} : null,
    tokens: pools.includes('tokens') ? {} : null,
  } as Funding;
  const plan = planOutput(request, { maxOutputTokens, contextWindow, hidesReasoning }, USUAL);
  const outputTokens = options.held ?? plan.held;
  const grant = pools.length === 0 ? null : ({ outputTokens } as HoldGrant);
  return outputTerms({ request, entry, funding, plan, grant });
}

const UNLIMITED = { sentLimit: null, allowance: Infinity, mostHeld: 0, mostAllowed: Infinity };

describe('outputTerms', () => {
  it.each<[string, Case]>([
    ['whom no pool limits', { pools: [] }],
    ['whose only pool is of coins, of a model whose output is free', { isFree: true }],
  ])('limits nothing for those %s', (_who, options) => {
    expect(termsOf(options)).toMatchObject(UNLIMITED);
  });

  it('limits free output for those whose tokens are counted', () => {
    const terms = termsOf({ isFree: true, pools: ['tokens'], isStream: false });
    expect(terms).toMatchObject({ sentLimit: USUAL, mostHeld: USUAL });
  });

  it('lets a stream begin with what is held, tell the backend nothing, and hold without end', () => {
    expect(termsOf({})).toMatchObject({
      sentLimit: null,
      allowance: USUAL,
      mostHeld: Infinity,
      mostAllowed: Infinity,
    });
  });

  it('lets a stream hold up to its own limit, and pass a little more in the end', () => {
    expect(termsOf({ limit: 250 })).toMatchObject({
      sentLimit: null,
      allowance: USUAL,
      mostHeld: 250,
      mostAllowed: 250 * 1.25 + 16,
    });
    expect(termsOf({ limit: 40 })).toMatchObject({ allowance: 40 * 1.25 + 16, mostHeld: 40 });
  });

  it('tells the backend of a stream what is held where that is less than was asked for', () => {
    expect(termsOf({ limit: 250, held: 30 })).toMatchObject({
      sentLimit: 30,
      mostHeld: 30,
      allowance: 30 * 1.25 + 16,
    });
  });

  it('tells the backend of an answer in one piece, always', () => {
    expect(termsOf({ isStream: false })).toMatchObject({ sentLimit: USUAL, mostHeld: USUAL });
    expect(termsOf({ isStream: false, limit: 250 })).toMatchObject({ sentLimit: 250 });
    expect(termsOf({ isStream: false, limit: 250, held: 7 })).toMatchObject({ sentLimit: 7 });
  });

  it('tells the backend of thoughts that nobody sees, which are all held for', () => {
    expect(termsOf({ hidesReasoning: true, limit: 5_000 })).toMatchObject({
      sentLimit: 5_000,
      mostHeld: 5_000,
      plausibleOutput: 5_000,
    });
    expect(termsOf({ hidesReasoning: true, limit: 5_000, held: 700 })).toMatchObject({
      sentLimit: 700,
      mostHeld: 700,
    });
  });

  it('counts all choices together, and tells the backend of each', () => {
    expect(termsOf({ isStream: false, limit: 50, choices: 3, held: 100 })).toMatchObject({
      sentLimit: 33,
      mostHeld: 99,
      plausibleOutput: 99,
    });
    expect(termsOf({ limit: 50, choices: 3 })).toMatchObject({ mostHeld: 150 });
  });

  it.each<[string, Case, number]>([
    ['the limit of the request', { limit: 250 }, 250],
    ['the limit of the model', { maxOutputTokens: 80 }, 80],
    ['the context of the model', { contextWindow: 8_000 }, 8_000],
    ['what the backend was told', { limit: 250, held: 30 }, 30],
    ['what no answer has', {}, 10_000_000],
    ['the same for those whom no pool limits', { pools: [], limit: 250, choices: 2 }, 500],
  ])('believes no report above %s', (_what, options, plausibleOutput) => {
    expect(termsOf(options)).toMatchObject({ plausibleOutput });
  });
});
