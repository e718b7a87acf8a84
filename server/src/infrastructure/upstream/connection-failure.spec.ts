import { describe, expect, it } from '@jest/globals';
import { failureCode, isForWantOfDescriptors } from './connection-failure.js';

const coded = (code: string) => Object.assign(new Error('x'), { code });

describe('what a connection failed with', () => {
  it.each([
    [coded('ECONNREFUSED'), 'ECONNREFUSED'],
    [new AggregateError([coded('ENETUNREACH'), coded('ECONNREFUSED')]), 'ENETUNREACH'],
    [new Error('fetch failed', { cause: coded('EMFILE') }), 'EMFILE'],
    [new AggregateError([]), ''],
    [new Error('x'), ''],
    [null, ''],
    ['EMFILE', ''],
  ])('%s', (error, code) => {
    expect(failureCode(error)).toBe(code);
  });

  it.each([
    ['EMFILE', true],
    ['ENFILE', true],
    ['EADDRNOTAVAIL', false],
    ['ECONNREFUSED', false],
  ])('%s is for want of descriptors: %s', (code, isOurs) => {
    expect(isForWantOfDescriptors(coded(code))).toBe(isOurs);
  });
});
