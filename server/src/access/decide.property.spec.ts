import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type ModelAccess } from '../config/index.js';
import { type AccessScope, type AccessScopes, type AccessSubject, decide } from './decide.js';

const WORDS = ['allowed', 'needs_ack', 'blocked'] as const;
const MODELS = ['m', 'n', 'constructor', '*'];

/**
 * The rules once more, as plainly as possible and without anything of `decide`: all that has a say
 * is written down in its order, and the first that is said counts.
 */
function naive(model: AccessSubject, { own, groups, globalDefault }: AccessScopes): ModelAccess {
  if (model.isDisabled) return 'blocked';
  const someList = (scopes: AccessScope[], list: 'allowed' | 'needsAck' | 'blocked') =>
    scopes.flatMap(({ modelAccess }) => modelAccess[list]).some((name) => name === model.id);
  const someDefault = (scopes: AccessScope[], word: ModelAccess) =>
    scopes.filter(({ modelAccess }) => modelAccess.default === word).length > 0;
  const me = own === null ? [] : [own];
  const all = [...groups];
  const said: (ModelAccess | false | null)[] = [
    someList(me, 'blocked') && 'blocked',
    someList(me, 'allowed') && 'allowed',
    someList(me, 'needsAck') && 'needs_ack',
    someList(all, 'blocked') && 'blocked',
    someList(all, 'allowed') && 'allowed',
    someList(all, 'needsAck') && 'needs_ack',
    model.access,
    someDefault(all, 'allowed') && 'allowed',
    someDefault(all, 'needs_ack') && 'needs_ack',
    someDefault(all, 'blocked') && 'blocked',
    own?.modelAccess.default ?? null,
    globalDefault,
  ];
  const first = said.find((word) => word !== false && word !== null) as ModelAccess;
  return first === 'allowed' && model.needsAck ? 'needs_ack' : first;
}

const word = fc.constantFrom(...WORDS);
/** Mostly empty, so that the rules below the lists are reached as well. */
const list = fc.oneof(
  { weight: 6, arbitrary: fc.constant([]) },
  { weight: 1, arbitrary: fc.uniqueArray(fc.constantFrom(...MODELS)) },
);
const scope: fc.Arbitrary<AccessScope> = fc.record({
  name: fc.string(),
  modelAccess: fc.record({
    default: fc.option(word),
    allowed: list,
    needsAck: list,
    blocked: list,
  }),
});
const model: fc.Arbitrary<AccessSubject> = fc.record({
  id: fc.constantFrom(...MODELS),
  isDisabled: fc.boolean(),
  access: fc.option(word),
  needsAck: fc.boolean(),
});
const scopes: fc.Arbitrary<AccessScopes> = fc.record({
  own: fc.option(scope),
  groups: fc.array(scope, { maxLength: 5 }),
  globalDefault: word,
});

describe('decide', () => {
  it('agrees with the naive reading of the rules', () => {
    fc.assert(
      fc.property(model, scopes, (one, given) => {
        expect(decide(one, given).access).toBe(naive(one, given));
      }),
      { numRuns: 5_000 },
    );
  });

  it('does not depend on the order of the groups', () => {
    const shuffled = scopes.chain((given) =>
      fc
        .shuffledSubarray([...given.groups], { minLength: given.groups.length })
        .map((groups) => [given, { ...given, groups }] as const),
    );
    fc.assert(
      fc.property(model, shuffled, (one, [given, other]) => {
        expect(decide(one, other).access).toBe(decide(one, given).access);
      }),
      { numRuns: 1_000 },
    );
  });

  it('never lets needs_ack of a model widen what may be used, nor disabled anything', () => {
    fc.assert(
      fc.property(model, scopes, (one, given) => {
        const plain = decide({ ...one, needsAck: false }, given).access;
        const asking = decide({ ...one, needsAck: true }, given).access;
        expect(asking).toBe(plain === 'allowed' ? 'needs_ack' : plain);
        expect(decide({ ...one, isDisabled: true }, given).access).toBe('blocked');
      }),
      { numRuns: 1_000 },
    );
  });
});
