import { describe, expect, it } from 'vitest';

import { type Group } from '../../core/api/schema';
import { bodyOf, differences, draftOf, problemsOf } from './group-draft';

const GROUP: Group = {
  name: 'staff',
  description: 'People who work here',
  isActive: true,
  source: 'console',
  version: 'v1',
  rules: [
    { field: 'affiliation', contains: 'staff@', equals: null },
    { field: 'ou', contains: null, equals: 'Physics' },
  ],
  modelAccess: { default: 'needs_ack', allowed: ['a/b'], needsAck: ['c'], blocked: ['d'] },
  coins: { max: 50, refresh: 0.0000001, starting: 10 },
  tokens: {
    default: { max: -2, refresh: 0, starting: 0 },
    house: { max: 0, refresh: 0, starting: 0 },
    far: { max: 1_000_000, refresh: 5, starting: 1_000_000 },
  },
};

describe('a group in the form', () => {
  it('goes back as it came', () => {
    const { description, isActive, rules, modelAccess, coins } = GROUP;
    expect(bodyOf(draftOf(GROUP))).toEqual({
      ...{ description, isActive, rules, modelAccess, coins },
      tokens: { default: { max: -2 }, house: { max: 0 }, far: { max: 1_000_000, refresh: 5 } },
    });
    expect(problemsOf(draftOf(GROUP))).toEqual({});
    expect(differences(draftOf(GROUP), draftOf(GROUP))).toEqual([]);
  });

  it('names each field that is wrong', () => {
    const draft = draftOf(GROUP);
    draft.rules.push({ field: ' ', operator: 'equals', value: '' });
    draft.coins = { ...draft.coins!, max: '1e3', refresh: '-1' };
    draft.tokens[2] = { ...draft.tokens[2]!, max: '1.5', model: 'default' };
    draft.access.models.push({ model: 'c', access: 'allowed' }, { model: '', access: 'blocked' });
    expect(problemsOf(draft)).toEqual({
      'rule-2-field': 'required',
      'rule-2-value': 'required',
      'coins-max': 'number',
      'coins-refresh': 'number',
      'tokens-2-max': 'whole',
      'tokens-2-model': 'twice',
      'model-3': 'twice',
      'model-4': 'required',
    });
  });

  it('says what a change would be', () => {
    const after = draftOf(GROUP);
    after.isActive = false;
    after.coins = { ...after.coins!, kind: 'unlimited' };
    after.rules.pop();
    after.access.models = after.access.models.filter(({ model }) => model !== 'd');
    expect(differences(draftOf(GROUP), after)).toEqual([
      { field: 'isActive', before: 'true', after: 'false' },
      { field: 'rules[1]', before: 'ou equals "Physics"', after: '–' },
      { field: 'coins', before: 'max 50, refresh 1e-7/h, starting 10', after: 'unlimited' },
      { field: 'modelAccess d', before: 'blocked', after: '–' },
    ]);
  });
});
