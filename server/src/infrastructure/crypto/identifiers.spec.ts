import { describe, expect, it } from '@jest/globals';
import { validate, version } from 'uuid';
import { newId } from './identifiers.js';

describe('newId', () => {
  const startedMs = Date.now();
  const ids = Array.from({ length: 20_000 }, newId);

  it('makes UUIDs of version 7', () => {
    for (const id of ids) expect([validate(id), version(id)]).toEqual([true, 7]);
  });

  it('never makes one twice', () => {
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('sorts them as they were made, beyond what fits into a millisecond', () => {
    expect([...ids].sort()).toEqual(ids);
  });

  it('puts the time in front', () => {
    const madeMs = Number.parseInt(newId().replace('-', '').slice(0, 12), 16);
    expect(madeMs).toBeGreaterThanOrEqual(startedMs);
    expect(madeMs - Date.now()).toBeLessThan(1_000);
  });
});
