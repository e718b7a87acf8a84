import { describe, expect, it } from '@jest/globals';
import { validateSync } from 'class-validator';
import { IsAddress } from './is-address.js';

class Asked {
  @IsAddress({ tld: false }, { message: 'no address' })
  email: unknown;
}

describe('an address', () => {
  it.each<[unknown, boolean]>([
    ['ada@example.edu', true],
    ['ada@localhost', true],
    ['ada', false],
    [7, false],
    [null, false],
    ['a\ud800b@example.edu', false],
    ['a\ud800b', false],
  ])('%j: %s', (email, isOne) => {
    const problems = validateSync(Object.assign(new Asked(), { email }));
    expect(problems.map(({ constraints }) => constraints)).toEqual(
      isOne ? [] : [{ isAddress: 'no address' }],
    );
  });
});
