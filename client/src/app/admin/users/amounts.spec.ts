import { describe, expect, it } from 'vitest';

import { isAmount, isChange } from './amounts';

describe('amounts', () => {
  it.each([
    ['12.5', true, true],
    ['-3', false, true],
    ['0', false, false],
    ['-0.0', false, false],
    ['1e3', false, false],
    ['1,5', false, false],
    ['--1', false, false],
    ['', false, false],
    ['0.000000001', true, true],
    ['0.0000000001', false, false],
  ])('"%s" as a gift: %s, as a change: %s', (text, amount, change) => {
    expect([isAmount(text), isChange(text)]).toEqual([amount, change]);
  });
});
