import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type GroupRule } from '../config/index.js';
import { matchesAll, matchesRule } from './group-rules.js';

const contains = (text: string, field = 'affiliation'): GroupRule => ({
  field,
  contains: text,
  equals: null,
});
const equals = (text: string, field = 'idp'): GroupRule => ({
  field,
  contains: null,
  equals: text,
});

const HOSTILE = '<img src=x onerror=alert(1)>';

describe('matchesRule', () => {
  it.each([
    ['a part of a text', contains('staff@'), { affiliation: 'staff@illinois.edu;member@x' }, true],
    ['another case', contains('Staff@'), { affiliation: 'staff@illinois.edu' }, false],
    ['the whole text', equals('urn:x'), { idp: 'urn:x' }, true],
    ['only a part where all is wanted', equals('urn:x'), { idp: 'urn:x:y' }, false],
    ['spaces around', equals('urn:x'), { idp: ' urn:x' }, false],
    ['no such claim', contains('x'), { idp: 'x' }, false],
    ['no claims at all', contains('x'), {}, false],
    ['null', contains('null'), { affiliation: null }, false],
    ['an empty text', contains('x'), { affiliation: '' }, false],
    ['one item of a list', contains('staff@'), { affiliation: ['member@x', 'staff@x'] }, true],
    ['no item of a list', contains('staff@'), { affiliation: ['member@x'] }, false],
    ['an empty list', contains(','), { affiliation: [] }, false],
    ['items joined', contains('a,b'), { affiliation: ['a', 'b'] }, false],
    ['a list within a list', equals('x'), { idp: [['x']] }, false],
    ['a list with other things', equals('x'), { idp: [null, {}, 7, 'x'] }, true],
    ['a number', equals('7'), { idp: 7 }, true],
    ['a part of a number', contains('2'), { affiliation: 123 }, true],
    ['true', equals('true'), { idp: true }, true],
    ['false in a list', equals('false'), { idp: [false] }, true],
    ['an object', contains('object'), { affiliation: { toString: 'x' } }, false],
    ['what every object has', contains('function', 'constructor'), {}, false],
    ['what every object inherits', contains('', '__proto__'), {}, false],
    ['a claim of a strange name', equals('x', '__proto__'), JSON.parse('{"__proto__":"x"}'), true],
    ['hostile text, literally', equals(HOSTILE), { idp: HOSTILE }, true],
    ['what looks like a pattern', contains('.*'), { affiliation: 'staff' }, false],
  ])('%s', (_case, rule, claims, expected) => {
    expect(matchesRule(rule, claims as Record<string, unknown>)).toBe(expected);
  });

  it('takes 100 kB of groups in its stride', () => {
    const claims = { affiliation: Array.from({ length: 5_000 }, (_, n) => `group-${n}@x.example`) };
    expect(matchesRule(contains('group-4999@'), claims)).toBe(true);
  });
});

describe('matchesAll', () => {
  const claims = { affiliation: 'staff@x', idp: 'urn:x' };

  it('wants every rule to match', () => {
    expect(matchesAll([contains('staff@'), equals('urn:x')], claims)).toBe(true);
    expect(matchesAll([contains('staff@'), equals('urn:y')], claims)).toBe(false);
  });

  it('means nobody without rules, and nobody without a login', () => {
    expect(matchesAll([], claims)).toBe(false);
    expect(matchesAll([contains('staff@')], null)).toBe(false);
  });

  const anyRule = fc
    .record({ field: fc.constantFrom('a', 'b', 'c'), text: fc.string() })
    .chain(({ field, text }) => fc.constantFrom(contains(text, field), equals(text, field)));
  const anyClaims = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.anything());

  it('answers for any claims, and a further rule never lets more people in', () => {
    fc.assert(
      fc.property(fc.array(anyRule, { minLength: 1 }), anyRule, anyClaims, (rules, rule, given) => {
        const isMember = matchesAll(rules, given);
        expect(typeof isMember).toBe('boolean');
        if (matchesAll([...rules, rule], given)) expect(isMember).toBe(true);
      }),
    );
  });

  it('lets in whoever a text contains, wherever in whatever list it stands', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }),
        fc.string(),
        fc.string(),
        fc.array(fc.anything()),
        (text, before, after, others) => {
          const list = [...others, before + text + after];
          expect(matchesAll([contains(text, 'a')], { a: list })).toBe(true);
          expect(matchesAll([equals(text, 'a')], { a: [...others, text] })).toBe(true);
        },
      ),
    );
  });
});
