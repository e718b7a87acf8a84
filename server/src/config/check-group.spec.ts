import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkGroup } from './check-group.js';

const rule = { field: 'affiliation', contains: 'staff@' };

describe('checkGroup', () => {
  it('fills in what is not said, as for a group of the file', () => {
    expect(checkGroup({ rules: [rule] })).toEqual({
      ok: true,
      group: {
        description: '',
        disabled: false,
        rules: [{ field: 'affiliation', contains: 'staff@', equals: null }],
        coins: null,
        tokens: {},
        modelAccess: { default: null, allowed: [], needsAck: [], blocked: [] },
        chatDays: null,
      },
    });
  });

  it.each([{}, null, undefined, { rules: null, modelAccess: null, coins: null, tokens: null }])(
    'takes %j for an empty group',
    (value) => {
      expect(checkGroup(value)).toMatchObject({ ok: true, group: { rules: [], coins: null } });
    },
  );

  it('starts a pool full unless it says otherwise, and takes the old words', () => {
    const value = {
      coins: { max: 20, refresh: 0.05 },
      tokens: { dummy: { max: 1000, starting: 5 } },
      modelAccess: { default: 'blacklist', allowed: 'dummy' },
    };
    expect(checkGroup(value)).toMatchObject({
      ok: true,
      group: {
        coins: { max: 20, refresh: 0.05, starting: 20 },
        tokens: { dummy: { max: 1000, refresh: 0, starting: 5 } },
        modelAccess: { default: 'blocked', allowed: ['dummy'] },
      },
    });
  });

  it.each([
    ['rules[0].field', { rules: [{ contains: 'x' }] }],
    ['rules[0]', { rules: [{ field: 'idp' }] }],
    ['rules[0]', { rules: [{ field: 'idp', contains: 'a', equals: 'b' }] }],
    ['rules[0].equals', { rules: [{ field: 'idp', equals: '' }] }],
    ['rules[0].equals', { rules: [{ field: 'idp', equals: 7 }] }],
    ['rules[1].field', { rules: [rule, { field: ' idp', equals: 'x' }] }],
    ['rules[0].field', { rules: [{ field: 'x'.repeat(129), equals: 'x' }] }],
    ['rules[0].equals', { rules: [{ field: 'idp', equals: 'x'.repeat(1001) }] }],
    ['rules', { rules: Array.from({ length: 101 }, () => rule) }],
    ['rules', { rules: 'all' }],
    ['rules[0]', { rules: [null] }],
    ['description', { description: 'x'.repeat(1001) }],
    ['modelAccess.default', { modelAccess: { default: 'maybe' } }],
    ['modelAccess.needsAck[0]', { modelAccess: { needsAck: [''] } }],
    ['coins.max', { coins: { max: -1 } }],
    ['coins.max', { coins: { refresh: 1 } }],
    ['coins', { coins: 5 }],
    ['tokens.dummy.max', { tokens: { dummy: { max: 1.5 } } }],
    ['tokens[""]', { tokens: { '': { max: 1 } } }],
  ])('finds what is wrong at %s', (path, value) => {
    const check = checkGroup(value);
    expect(check).toMatchObject({ ok: false });
    expect(check.ok ? [] : check.problems.map((problem) => problem.path)).toContain(path);
  });

  it('answers for anything at all, and what it passes it passes again', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true }), (value) => {
        const first = checkGroup(value);
        if (first.ok) expect(checkGroup(first.group)).toEqual(first);
      }),
    );
  });
});
