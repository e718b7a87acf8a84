import { describe, expect, it } from '@jest/globals';
import { type CatalogueEntry } from '../../models/index.js';
import { OwnerFunding } from './owner-funding.js';
import { type OwnerPolicies } from '../policies/owner-policies.js';
import { type PolicyScope, ResolvedPolicies } from '../policies/pool-policy.js';
import { type PoolRow } from './pool-row.js';

const entry = (id: string) => ({ id }) as CatalogueEntry;
const limit = (max: number) => ({ max, refresh: 0, starting: 0 });

function owner(given: Partial<PolicyScope>): OwnerPolicies {
  const own = { source: 'user a@b.edu', coins: null, tokens: {}, ...given };
  const policies = new ResolvedPolicies({ own, groups: [], shared: null, fallback: null });
  return { ownerKind: 'user', ownerId: 'u', ownerName: 'a@b.edu', policies, version: 'v' };
}

const row = (unit: 'coins' | 'tokens', scope = '') => ({ id: `${unit}:${scope}`, unit, scope });
const rows = [row('coins'), row('tokens'), row('tokens', 'm')] as PoolRow[];

describe('OwnerFunding', () => {
  it('finds the pools of a model, and answers the same again', () => {
    const tokens = { default: limit(9), m: limit(3) };
    const funding = new OwnerFunding(owner({ coins: limit(5), tokens }), rows);
    const [m, n] = [entry('m'), entry('n')];
    expect(funding.for(m)).toMatchObject({
      coins: { id: 'coins:', max: 5_000_000_000n, source: 'user a@b.edu' },
      tokens: { id: 'tokens:m', scope: 'm', max: 3n },
    });
    expect(funding.for(m)).toBe(funding.for(m));
    expect(funding.for(n).tokens?.id).toBe('tokens:');
  });

  it('asks no pool to pay where nothing is limited', () => {
    const funding = new OwnerFunding(owner({ coins: limit(-2) }), []);
    expect(funding.for(entry('m'))).toEqual({ coins: null, tokens: null });
  });

  it('never takes a limit whose pool is missing for no limit', () => {
    expect(() => new OwnerFunding(owner({ coins: limit(5) }), [])).toThrow(/no pool of coins/);
  });

  it('refuses what no policy covers, and what one blocks', () => {
    const funding = new OwnerFunding(owner({ tokens: { m: limit(0) } }), []);
    const refusal = (id: string) => {
      try {
        return funding.for(entry(id));
      } catch (error) {
        return (error as { code: string }).code;
      }
    };
    expect(refusal('m')).toBe('budget_blocked');
    expect(refusal('n')).toBe('budget_missing');
  });
});
