import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type BudgetPolicy, UNLIMITED } from '../../config/index.js';
import { type PolicyScope, type PolicyScopes, ResolvedPolicies } from './pool-policy.js';

const MODELS = ['m', 'n', 'constructor'];

/** The rules once more, as plainly as possible: what pays for a request to a model, in words. */
function naive(model: string, { own, groups, shared, fallback }: PolicyScopes): string {
  const ownTokens = own && (own.tokens[model] ?? own.tokens['default'] ?? null);
  if (own?.coins?.max === 0 || ownTokens?.max === 0) return 'blocked';
  const coins = pick(own?.coins, groups, shared, (scope) => scope.coins);
  const forModel = pick(own?.tokens[model], groups, shared, (scope) => scope.tokens[model]);
  const forAll = pick(own?.tokens['default'], groups, shared, (scope) => scope.tokens['default']);
  const tokens = forModel ?? forAll;
  const payers = [coins, tokens].filter((found) => found !== null);
  const given = payers.filter(({ policy }) => policy.max !== 0);
  if (given.some(({ from }) => from !== 'shared')) return worded(given);
  if (given.length < payers.length) return 'blocked';
  if (given.length > 0) return worded(given);
  return fallback && fallback.max !== 0
    ? worded([{ policy: fallback, from: 'fallback' }])
    : 'missing';
}

interface Payer {
  policy: BudgetPolicy;
  from: string;
}

function pick(
  own: BudgetPolicy | null | undefined,
  groups: readonly PolicyScope[],
  shared: PolicyScope | null,
  of: (scope: PolicyScope) => BudgetPolicy | null | undefined,
): Payer | null {
  if (own) return { policy: own, from: 'own' };
  const found = groups.map(of).filter((policy) => policy && policy.max !== 0) as BudgetPolicy[];
  const rank = ({ max }: BudgetPolicy) => (max === UNLIMITED ? Infinity : max);
  const best = found.sort((a, b) => rank(b) - rank(a) || b.refresh - a.refresh)[0];
  if (best) return { policy: best, from: 'group' };
  const last = shared && of(shared);
  return last ? { policy: last, from: 'shared' } : null;
}

const worded = (payers: Payer[]) =>
  payers.map(({ policy, from }) => `${from} ${policy.max}`).join();

function resolved(model: string, scopes: PolicyScopes): string {
  const coverage = new ResolvedPolicies(scopes).for(model);
  if (coverage.kind !== 'covered') return coverage.kind;
  return [coverage.coins, coverage.tokens]
    .filter((policy) => policy !== null)
    .map(({ origin, kind, unit, max }) => {
      const size = unit === 'coins' ? max / 1_000_000_000n : max;
      return `${origin} ${kind === 'unlimited' ? UNLIMITED : size}`;
    })
    .join();
}

const policy = fc.record({
  max: fc.constantFrom(0, UNLIMITED, 1, 2, 3),
  refresh: fc.constantFrom(0, 1, 2),
  starting: fc.constant(0),
});
/** Without a prototype, as the configuration's own records are looked up. */
const tokens = fc.dictionary(fc.constantFrom('default', ...MODELS), policy, {
  noNullPrototype: false,
});
const scope = fc.record({
  source: fc.constantFrom('group a', 'group b', 'group c'),
  coins: fc.option(policy),
  tokens: tokens.map((found) => Object.assign(Object.create(null) as typeof found, found)),
});
const scopes = fc.record({
  own: fc.option(scope),
  groups: fc.array(scope, { maxLength: 4 }),
  shared: fc.option(scope),
  fallback: fc.option(policy),
});
/** Nobody has both: a client's own entry replaces `clients.default`. */
const possible = scopes.map((found) => (found.own ? { ...found, shared: null } : found));

describe('ResolvedPolicies', () => {
  it('agrees with the rules written down once more', () => {
    fc.assert(
      fc.property(possible, fc.constantFrom(...MODELS), (given, model) => {
        expect(resolved(model, given)).toBe(naive(model, given));
      }),
      { numRuns: 2000 },
    );
  });

  it('does not depend on the order of groups', () => {
    fc.assert(
      fc.property(possible, (given) => {
        const other = { ...given, groups: [...given.groups].reverse() };
        const numbers = (from: PolicyScopes) =>
          new ResolvedPolicies(from).all().map(({ starting: _, ...rest }) => rest);
        expect(numbers(other)).toEqual(numbers(given));
      }),
    );
  });

  it('lists exactly the policies that requests are covered by', () => {
    fc.assert(
      fc.property(possible, fc.constantFrom(...MODELS), (given, model) => {
        const policies = new ResolvedPolicies(given);
        const coverage = policies.for(model);
        if (coverage.kind !== 'covered') return;
        for (const found of [coverage.coins, coverage.tokens]) {
          if (!found) continue;
          expect(policies.all()).toContain(found);
          expect(policies.of(found.unit, found.scope)).toBe(found);
        }
      }),
    );
  });
});
