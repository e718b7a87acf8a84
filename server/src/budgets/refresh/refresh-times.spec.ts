import { describe, expect, it } from '@jest/globals';
import { fullAt, nextRefresh, type RefreshState } from './refresh-times.js';

const at = (time: string) => new Date(`2026-11-21T${time}Z`);
const pool = (state: Partial<RefreshState>): RefreshState => ({
  balance: 0n,
  max: 100n,
  refresh: 10n,
  refreshedAt: at('12:00:00'),
  ...state,
});

describe('nextRefresh', () => {
  it.each<[string, Partial<RefreshState>, string, string | null, bigint]>([
    ['is an hour after the last', {}, '12:10:00', '13:00:00', 10n],
    ['is now, with fractions of hours, when it is due', {}, '14:30:00', '14:30:00', 25n],
    ['is at the hour itself', {}, '13:00:00', '13:00:00', 10n],
    ['is no more than what is missing', { balance: 95n }, '12:10:00', '13:00:00', 5n],
    ['is none for a full pool', { balance: 100n }, '12:10:00', null, 0n],
    ['is none for a pool above its max', { balance: 200n }, '12:10:00', null, 0n],
    ['is none without a refresh', { refresh: 0n }, '12:10:00', null, 0n],
  ])('%s', (_name, state, now, next, amount) => {
    const found = nextRefresh(pool(state), at(now));
    expect(found).toEqual(next === null ? null : { at: at(next), amount });
  });
});

describe('fullAt', () => {
  it.each<[string, Partial<RefreshState>, string | null]>([
    ['is now for a full pool', { balance: 100n }, '12:10:00'],
    ['is when the last refresh that is needed comes', { balance: 75n }, '15:00:00'],
    ['is a whole hour for a little that is missing', { balance: 99n }, '13:00:00'],
    ['is never without a refresh', { refresh: 0n }, null],
    ['is never when it would take longer than time is counted', { max: 10n ** 18n }, null],
  ])('%s', (_name, state, time) => {
    expect(fullAt(pool(state), at('12:10:00'))).toEqual(time === null ? null : at(time));
  });
});
