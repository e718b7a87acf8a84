import { describe, expect, it } from 'vitest';

import { changesOf } from './changes';

describe('what changed', () => {
  it.each([
    [null, null, []],
    [{ isActive: true }, { isActive: false }, [['isActive', 'true', 'false']]],
    [null, { name: 'bot', ownerId: null }, [['name', '–', 'bot']]],
    [{ roles: [] }, { roles: ['admin', 'auditor'] }, [['roles', '–', 'admin, auditor']]],
    [
      { budget: { coins: { max: 5 }, tokens: {} }, description: 'x' },
      { budget: { coins: { max: 9 }, tokens: {} }, description: 'x' },
      [['budget.coins.max', '5', '9']],
    ],
    [
      { budget: { coins: null } },
      { budget: { coins: { max: 9 } } },
      [['budget.coins.max', '–', '9']],
    ],
    [
      { rules: [] },
      { rules: [{ field: 'ou', equals: '<b>' }] },
      [['rules', '–', '[{"field":"ou","equals":"<b>"}]']],
    ],
  ])('%j → %j', (before, after, expected) => {
    const found = changesOf({ before, after });
    expect(found.map((change) => [change.field, change.before, change.after])).toEqual(expected);
  });
});
