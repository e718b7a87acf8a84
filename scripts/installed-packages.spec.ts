import { describe, expect, it } from '@jest/globals';
import { isRecordOf } from './installed-packages.mjs';

const lock = {
  packages: {
    '': { name: 'lumen' },
    'node_modules/fastify': { version: '5.0.0', integrity: 'sha512-a' },
    'node_modules/esbuild-darwin': { version: '1.0.0', integrity: 'sha512-b', optional: true },
  },
};

const fastify = { version: '5.0.0', integrity: 'sha512-a' };

describe('what npm noted as installed', () => {
  it.each([
    ['fits without the packages of other platforms', { 'node_modules/fastify': fastify }, true],
    ['does not fit when a package is missing', {}, false],
    [
      'does not fit in another version',
      { 'node_modules/fastify': { ...fastify, version: '5.0.1' } },
      false,
    ],
    [
      'does not fit with other contents',
      { 'node_modules/fastify': { ...fastify, integrity: 'sha512-x' } },
      false,
    ],
    [
      'does not fit with a package that the lock file lacks',
      { 'node_modules/fastify': fastify, 'node_modules/koa': { version: '1.0.0' } },
      false,
    ],
    [
      'fits with an optional package that the lock file lacks',
      {
        'node_modules/fastify': fastify,
        'node_modules/x-arm': { version: '1.0.0', optional: true },
      },
      true,
    ],
  ])('%s', (_, packages, expected) => {
    expect(isRecordOf({ packages }, lock)).toBe(expected);
  });
});
