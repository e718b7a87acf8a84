import { describe, expect, it } from '@jest/globals';
import { readSettings } from './settings.ts';

describe('the echo model’s settings', () => {
  it('need nothing to be set', () => {
    expect(readSettings({})).toEqual({ host: '127.0.0.1', port: 9999, delayMs: 20 });
    expect(readSettings({ ECHO_PORT: '', ECHO_HOST: ' ' })).toEqual(readSettings({}));
  });

  it('come from the environment', () => {
    const environment = { ECHO_HOST: '0.0.0.0', ECHO_PORT: '0', ECHO_DELAY_MS: ' 5 ' };
    expect(readSettings(environment)).toEqual({ host: '0.0.0.0', port: 0, delayMs: 5 });
  });

  it.each([
    ['ECHO_PORT', '65536'],
    ['ECHO_PORT', '-1'],
    ['ECHO_PORT', 'http'],
    ['ECHO_DELAY_MS', '1.5'],
    ['ECHO_DELAY_MS', '1e3'],
    ['ECHO_DELAY_MS', '60001'],
  ])('refuse %s=%s by its name', (name, value) => {
    expect(() => readSettings({ [name]: value })).toThrow(
      new RegExp(`^${name} must be a whole number from 0 to \\d+, and is "${value}"\\.$`),
    );
  });
});
