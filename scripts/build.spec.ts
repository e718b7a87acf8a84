import { describe, expect, it } from '@jest/globals';
import { partsFor } from './build.mjs';

describe('what ./lumen builds first', () => {
  it.each([
    [['start'], ['server', 'client']],
    [
      ['--json', 'start'],
      ['server', 'client'],
    ],
    [['doctor'], ['server']],
    [['keys', 'create', '--name', 'start'], ['server']],
    [['--help'], ['server']],
    [[], ['server']],
  ])('%j: %j', (args, parts) => {
    expect(partsFor(args)).toEqual(parts);
  });
});
