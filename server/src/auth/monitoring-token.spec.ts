import { describe, expect, it } from '@jest/globals';
import { Secret } from '../config/index.js';
import { isMonitoringToken } from './monitoring-token.js';

describe('isMonitoringToken', () => {
  it.each<[string | undefined, string | null, boolean]>([
    ['token', 'token', true],
    ['Token', 'token', false],
    ['token ', 'token', false],
    ['', 'token', false],
    [undefined, 'token', false],
    ['', '', false],
    [undefined, '', false],
    ['null', null, false],
    ['', null, false],
    [undefined, null, false],
  ])('%j, where %j is configured: %s', (given, configured, is) => {
    const token = configured === null ? null : new Secret(configured);
    expect(isMonitoringToken(given, { monitoring: { token } })).toBe(is);
  });
});
