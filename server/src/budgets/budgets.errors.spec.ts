import { describe, expect, it } from '@jest/globals';
import { budgetBlocked, budgetExceeded, budgetMissing, type Shortfall } from './budgets.errors.js';
import { type PoolRef } from './pools/funding.js';
import { type PoolPolicy } from './policies/pool-policy.js';

const NANO = 1_000_000_000n;
const POOL: PoolRef = {
  id: 'p',
  unit: 'coins',
  scope: '',
  source: 'group faculty',
  max: 20n * NANO,
  refresh: NANO / 2n,
};
const shortfall = (given: Partial<Shortfall> = {}): Shortfall => ({
  pool: POOL,
  needed: 12_000_000n,
  balance: 0n,
  held: 0n,
  refreshedAt: new Date('2026-11-21T13:00:00Z'),
  now: new Date('2026-11-21T13:30:00Z'),
  ...given,
});

describe('budgetExceeded', () => {
  it('names pool, scope, need, what is there and when more comes', () => {
    const error = budgetExceeded(shortfall());
    expect(error.message).toBe(
      'The coin pool of group faculty for all models cannot pay for this request: at least 0.012 coins needed, none available. 0.5 coins arrive at 14:00 UTC.',
    );
    expect(error).toMatchObject({ code: 'budget_exceeded', status: 429, retryAfterS: 1800 });
    expect(error.details).toEqual({
      unit: 'coins',
      scope: '',
      source: 'group faculty',
      needed: '0.012',
      available: '0',
      balance: '0',
      held: '0',
      max: '20',
      nextRefreshAt: '2026-11-21T14:00:00.000Z',
      nextRefreshAmount: '0.5',
    });
  });

  it('says what is held, and the day when more comes on another one', () => {
    const pool = { ...POOL, unit: 'tokens', scope: 'gpt-4o', max: 100n, refresh: 1n } as const;
    const late = new Date('2026-11-21T23:30:00Z');
    const error = budgetExceeded(
      shortfall({ pool, needed: 50n, balance: 40n, held: 10n, refreshedAt: late, now: late }),
    );
    expect(error.message).toBe(
      'The token pool of group faculty for the model "gpt-4o" cannot pay for this request: at least 50 tokens needed, 30 available, 10 more are held for requests under way. 1 tokens arrive at 2026-11-22 00:30 UTC.',
    );
  });

  it.each([
    ['has no refresh', { pool: { ...POOL, refresh: 0n } }, /ask an administrator for more/],
    ['is full, but held', { balance: 20n * NANO, held: 20n * NANO }, /when those requests end/],
    [
      'is too small for the request',
      { balance: 20n * NANO, needed: 21n * NANO },
      /more than the pool can ever hold/,
    ],
  ])('says what to do where the pool %s', (_name, given, words) => {
    const error = budgetExceeded(shortfall(given));
    expect(error.message).toMatch(words);
    expect(error.retryAfterS).toBeUndefined();
    expect(error.details).toMatchObject({ nextRefreshAt: null, nextRefreshAmount: null });
  });
});

describe('budgetMissing and budgetBlocked', () => {
  const person = { ownerKind: 'user', ownerName: 'ada@example.edu' } as const;
  const client = { ownerKind: 'client', ownerName: 'bot' } as const;

  it('say who, which model, and whose policy', () => {
    expect(budgetMissing(person, 'm')).toMatchObject({
      code: 'budget_missing',
      status: 403,
      details: { model: 'm' },
      message: expect.stringMatching(/^ada@example\.edu has no budget .* model "m"/) as unknown,
    });
    const by = { unit: 'coins', scope: '', source: 'client bot' } as PoolPolicy;
    expect(budgetBlocked(client, 'm', by)).toMatchObject({
      code: 'budget_blocked',
      status: 403,
      message: expect.stringMatching(/^The client "bot" .* client bot sets .* to 0/) as unknown,
      details: { model: 'm', unit: 'coins', scope: '', source: 'client bot' },
    });
  });
});
