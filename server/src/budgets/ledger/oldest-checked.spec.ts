import { describe, expect, it } from '@jest/globals';
import { oldestChecked } from './oldest-checked.js';

const DAY_MS = 86_400_000;
const id = (ms: number, rest = '7000-8000-000000000000') => {
  const time = ms.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-${rest}`;
};
const START = 1_763_715_600_000;

describe('the oldest request that is checked', () => {
  it('is the first of a log that nothing can have been removed from', () => {
    expect(oldestChecked(id(START), id(START + DAY_MS - 1))).toBe(id(START));
  });

  it('is a minute after the first where some may have been removed', () => {
    const oldest = oldestChecked(id(START), id(START + DAY_MS));
    expect(oldest > id(START + 59_999, '7fff-bfff-ffffffffffff')).toBe(true);
    expect(oldest < id(START + 60_000, '7000-8000-000000000000')).toBe(true);
  });

  it('is any where there is no log', () => {
    expect(oldestChecked(null, null)).toBe('');
  });
});
