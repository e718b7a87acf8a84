import { describe, expect, it } from '@jest/globals';
import { overviewOf } from './pool-overview.js';
import { ResolvedPolicies } from '../policies/pool-policy.js';
import { type PoolRow } from './pool-row.js';

const now = new Date('2026-11-21T12:30:00Z');
const row: PoolRow = {
  id: 'p',
  ownerKind: 'user',
  ownerId: 'u',
  unit: 'tokens',
  scope: '',
  balance: 40n,
  held: 15n,
  // As last looked at: what is configured now is what is told.
  max: 1n,
  refresh: 1n,
  policyVersion: 'v',
  refreshedAt: new Date('2026-11-21T12:00:00Z'),
  createdAt: new Date('2026-11-21T12:00:00Z'),
};
const policies = new ResolvedPolicies({
  own: {
    source: 'user a@b.edu',
    coins: { max: -2, refresh: 0, starting: 0 },
    tokens: {
      default: { max: 100, refresh: 10, starting: 40 },
      m: { max: 0, refresh: 0, starting: 0 },
    },
  },
  groups: [],
  shared: null,
  fallback: null,
});

describe('overviewOf', () => {
  it('tells of limited, unlimited and blocked budgets how they stand', () => {
    expect(overviewOf(policies, [row], now)).toMatchObject([
      { unit: 'coins', kind: 'unlimited', id: null, nextRefreshAt: null, fullAt: null },
      {
        ...{ unit: 'tokens', scope: '', kind: 'limited', id: 'p', source: 'user a@b.edu' },
        ...{ balance: 40n, held: 15n, available: 25n, max: 100n, refresh: 10n },
        nextRefreshAt: new Date('2026-11-21T13:00:00Z'),
        nextRefreshAmount: 10n,
        fullAt: new Date('2026-11-21T18:00:00Z'),
      },
      { unit: 'tokens', scope: 'm', kind: 'blocked', id: null, available: 0n },
    ]);
  });
});
