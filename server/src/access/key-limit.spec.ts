import { describe, expect, it } from '@jest/globals';
import { type ModelAccess } from '../config/index.js';
import { type Decision } from './decide.js';
import { explain } from './explain.js';
import { limitedToKey } from './key-limit.js';

const decided = (access: ModelAccess): Decision => ({
  access,
  rule: 'own_list',
  scope: 'user ada@example.edu',
  isAskedByModel: false,
});

describe('limitedToKey', () => {
  it.each(['allowed', 'needs_ack', 'blocked'] as const)(
    'leaves %s to an unlimited key',
    (access) => {
      const decision = decided(access);
      expect(limitedToKey(decision, 'm', null)).toBe(decision);
      expect(limitedToKey(decision, 'm', new Set(['m', 'n']))).toBe(decision);
    },
  );

  it.each([
    [['n'], 'blocked: this key is limited to n'],
    [[], 'blocked: this key is limited to no model at all'],
    [['a', 'b', 'c', 'd', 'e'], 'blocked: this key is limited to a, b, c, d, e'],
    [
      ['a', 'b', 'c', 'd', 'e', 'f', 'g'],
      'blocked: this key is limited to a, b, c, d, e and 2 more',
    ],
  ])('refuses what is not among %j', (models, sentence) => {
    for (const access of ['allowed', 'needs_ack'] as const) {
      expect(explain(limitedToKey(decided(access), 'm', new Set(models)))).toBe(sentence);
    }
  });

  it('never gives what the owner may not use', () => {
    const decision = decided('blocked');
    expect(limitedToKey(decision, 'm', new Set(['m']))).toBe(decision);
    expect(limitedToKey(decision, 'm', new Set(['n']))).toBe(decision);
  });
});
