import { describe, expect, it } from '@jest/globals';
import { asFailure, Failure } from './failure.mjs';

const systemError = (code: string) =>
  Object.assign(new Error(code), { code, path: '/srv/lumen/.cache' });

describe('an error on the way to the terminal', () => {
  it.each([
    ['EACCES', /^\/srv\/lumen\/\.cache cannot be written: permission denied\. Make it writable/],
    ['EROFS', /read-only\. Make it writable/],
    ['ENOSPC', /the disk is full\. Free some space/],
  ])('%s says what cannot be written and what to do', (code, expected) => {
    const failure: unknown = asFailure(systemError(code));
    expect(failure).toBeInstanceOf(Failure);
    expect((failure as Error).message).toMatch(expected);
  });

  it('stays what it is where nothing better is known', () => {
    const bug = new TypeError('x is undefined');
    expect(asFailure(bug)).toBe(bug);
  });
});
