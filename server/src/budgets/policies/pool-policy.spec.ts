import { describe, expect, it } from '@jest/globals';
import { type BudgetPolicy } from '../../config/index.js';
import { type PolicyScope, type PolicyScopes, ResolvedPolicies } from './pool-policy.js';

const NANO = 1_000_000_000n;
const max = (most: number, refresh = 0, starting = 0): BudgetPolicy => ({
  max: most,
  refresh,
  starting,
});
type Given = Partial<Pick<PolicyScope, 'coins' | 'tokens'>>;
const place = (source: string, given: Given): PolicyScope => ({
  source,
  coins: null,
  tokens: {},
  ...given,
});
const own = (given: Given) => place('user a@b.edu', given);
const group = (name: string, given: Given) => place(`group ${name}`, given);
const shared = (given: Given) => place('clients.default', given);
const resolve = (scopes: Partial<PolicyScopes>) =>
  new ResolvedPolicies({ own: null, groups: [], shared: null, fallback: null, ...scopes });

/** What a request to `m` comes to: "coins user a@b.edu 5, tokens(m) group g 7". */
function outcome(scopes: Partial<PolicyScopes>, model = 'm'): string {
  const coverage = resolve(scopes).for(model);
  if (coverage.kind === 'missing') return 'missing';
  if (coverage.kind === 'blocked') return `blocked by ${coverage.by.source}`;
  return [coverage.coins, coverage.tokens]
    .filter((policy) => policy !== null)
    .map(({ unit, scope, source, kind, max: most }) => {
      const amount = unit === 'coins' ? most / NANO : most;
      const where = scope === '' ? unit : `${unit}(${scope})`;
      return `${where} ${source} ${kind === 'limited' ? String(amount) : kind}`;
    })
    .join(', ');
}

const ZERO = max(0);
const ENDLESS = max(-2);

describe('ResolvedPolicies.for', () => {
  it.each<[string, Partial<PolicyScopes>, string]>([
    ['nothing', {}, 'missing'],
    ['the own entry', { own: own({ coins: max(5) }) }, 'coins user a@b.edu 5'],
    [
      'the own entry before a group, though it is less',
      { own: own({ coins: max(5) }), groups: [group('g', { coins: max(9) })] },
      'coins user a@b.edu 5',
    ],
    [
      'an own 0, whatever groups give',
      { own: own({ coins: ZERO }), groups: [group('g', { coins: max(9) })] },
      'blocked by user a@b.edu',
    ],
    [
      'an own 0 of coins beside own tokens',
      { own: own({ coins: ZERO, tokens: { default: max(9) } }) },
      'blocked by user a@b.edu',
    ],
    ['an own budget without end', { own: own({ coins: ENDLESS }) }, 'coins user a@b.edu unlimited'],
    [
      'the most generous group',
      { groups: [group('a', { coins: max(5) }), group('b', { coins: max(9) })] },
      'coins group b 9',
    ],
    [
      'groups with 0, which are passed over',
      { groups: [group('default', { coins: ZERO }), group('b', { coins: max(9) })] },
      'coins group b 9',
    ],
    ['a group with 0 alone', { groups: [group('default', { coins: ZERO })] }, 'missing'],
    [
      'a group without end before all',
      { groups: [group('a', { coins: max(1e9) }), group('b', { coins: ENDLESS })] },
      'coins group b unlimited',
    ],
    [
      'coins of one group and tokens of another, which both have to pay',
      { groups: [group('a', { coins: max(5) }), group('b', { tokens: { default: max(7) } })] },
      'coins group a 5, tokens group b 7',
    ],
    [
      'own coins beside tokens of a group',
      { own: own({ coins: max(5) }), groups: [group('b', { tokens: { default: max(7) } })] },
      'coins user a@b.edu 5, tokens group b 7',
    ],
    [
      'tokens for the model in place of those for all models',
      { groups: [group('a', { tokens: { default: max(7), m: max(3) } })] },
      'tokens(m) group a 3',
    ],
    ['tokens of another model', { groups: [group('a', { tokens: { n: max(3) } })] }, 'missing'],
    [
      'tokens without end for the model in place of a limit for all',
      { groups: [group('a', { tokens: { default: max(7), m: ENDLESS } })] },
      'tokens(m) group a unlimited',
    ],
    [
      'a group’s 0 for the model, which gives nothing and takes nothing away',
      { groups: [group('a', { tokens: { default: max(7), m: ZERO } })] },
      'tokens group a 7',
    ],
    [
      'an own 0 for the model',
      { own: own({ tokens: { default: max(7), m: ZERO } }) },
      'blocked by user a@b.edu',
    ],
    [
      'an own 0 for all models, though a group gives tokens for this one',
      { own: own({ tokens: { default: ZERO } }), groups: [group('a', { tokens: { m: max(3) } })] },
      'blocked by user a@b.edu',
    ],
    [
      'an own 0 for all models but this one',
      { own: own({ tokens: { default: ZERO, m: max(3) } }) },
      'tokens(m) user a@b.edu 3',
    ],
    [
      'an own limit for all models beside a group’s for this one',
      {
        own: own({ tokens: { default: max(9) } }),
        groups: [group('a', { tokens: { m: max(3) } })],
      },
      'tokens(m) group a 3',
    ],
    ['clients.default', { shared: shared({ coins: max(100) }) }, 'coins clients.default 100'],
    [
      'a group before clients.default, though it is less',
      { groups: [group('a', { coins: max(5) })], shared: shared({ coins: max(100) }) },
      'coins group a 5',
    ],
    ['clients.default with 0', { shared: shared({ coins: ZERO }) }, 'blocked by clients.default'],
    [
      'clients.default with 0 beside a group in another unit',
      { groups: [group('a', { tokens: { default: max(7) } })], shared: shared({ coins: ZERO }) },
      'tokens group a 7',
    ],
    [
      'clients.default with 0 for the model',
      { shared: shared({ coins: max(5), tokens: { m: ZERO } }) },
      'blocked by clients.default',
    ],
    ['defaults.tokens', { fallback: max(50) }, 'tokens defaults.tokens 50'],
    ['defaults.tokens of 0', { fallback: ZERO }, 'missing'],
    ['defaults.tokens without end', { fallback: ENDLESS }, 'tokens defaults.tokens unlimited'],
    [
      'defaults.tokens beside a group with 0',
      { groups: [group('default', { coins: ZERO })], fallback: max(50) },
      'tokens defaults.tokens 50',
    ],
    [
      'defaults.tokens beside coins, which cover everything',
      { groups: [group('a', { coins: max(5) })], fallback: max(50) },
      'coins group a 5',
    ],
    [
      'defaults.tokens where only another model is covered',
      { own: own({ tokens: { n: max(3) } }), fallback: max(50) },
      'tokens defaults.tokens 50',
    ],
    [
      'defaults.tokens beside clients.default with 0',
      { shared: shared({ coins: ZERO }), fallback: max(50) },
      'blocked by clients.default',
    ],
  ])('with %s', (_name, scopes, expected) => {
    expect(outcome(scopes)).toBe(expected);
  });

  it.each(['constructor', '__proto__', 'toString'])(
    'gives nothing for a model named %s',
    (name) => {
      expect(outcome({ own: own({ tokens: { m: max(3) } }) }, name)).toBe('missing');
    },
  );

  it('takes refresh and starting from the group that wins', () => {
    const groups = [
      group('small', { coins: max(5, 5, 5) }),
      group('big', { coins: max(9, 0.05, 1.5) }),
    ];
    expect(resolve({ groups }).coins).toMatchObject({
      source: 'group big',
      max: 9n * NANO,
      refresh: 50_000_000n,
      starting: 1_500_000_000n,
    });
  });

  it.each([
    ['refresh', [group('a', { coins: max(5, 1) }), group('b', { coins: max(5, 2) })], 'group b'],
    ['name', [group('b', { coins: max(5, 1) }), group('a', { coins: max(5, 1) })], 'group a'],
    ['name', [group('b', { coins: ENDLESS }), group('a', { coins: ENDLESS })], 'group a'],
  ])('breaks a tie by %s', (_by, groups, source) => {
    expect(resolve({ groups }).coins?.source).toBe(source);
    expect(resolve({ groups: [...groups].reverse() }).coins?.source).toBe(source);
  });

  it('holds ten million coins, and a billion', () => {
    expect(resolve({ own: own({ coins: max(1e7) }) }).coins?.max).toBe(10_000_000n * NANO);
    expect(resolve({ own: own({ coins: max(1e9) }) }).coins?.max).toBe(1_000_000_000n * NANO);
  });
});

describe('ResolvedPolicies.all and .of', () => {
  it('list what won: coins, tokens for all models, then by model', () => {
    const policies = resolve({
      own: own({ tokens: { z: max(1), default: max(2), a: ZERO } }),
      groups: [group('g', { coins: max(3), tokens: { default: max(9), b: ENDLESS } })],
    });
    const listed = policies.all().map(({ unit, scope, kind }) => `${unit} ${scope} ${kind}`);
    expect(listed).toEqual([
      'coins  limited',
      'tokens  limited',
      'tokens a blocked',
      'tokens b unlimited',
      'tokens z limited',
    ]);
    expect(policies.of('tokens', 'z')?.max).toBe(1n);
    expect(policies.of('tokens', 'y')).toBeNull();
    expect(policies.of('coins', '')?.max).toBe(3n * NANO);
    expect(policies.of('coins', 'z')).toBeNull();
  });
});
