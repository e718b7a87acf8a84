import { describe, expect, it } from '@jest/globals';
import { type Configuration } from '../config/index.js';
import { assertMayRead } from './metrics-access.js';

function configured(enabled: boolean, token: string | null): Pick<Configuration, 'prometheus'> {
  const secret = token === null ? null : { reveal: () => token };
  return { prometheus: { enabled, token: secret, multiprocDir: '' } } as Configuration;
}

describe('assertMayRead', () => {
  it.each([
    ['nobody asks for a token', null, undefined],
    ['the token is shown', 'secret', 'Bearer secret'],
    ['the scheme is written otherwise', 'secret', 'bearer  secret'],
  ])('lets through where %s', (_what, token, authorization) => {
    expect(() => assertMayRead(authorization, configured(true, token))).not.toThrow();
  });

  it.each([
    ['nothing is shown', 'secret', undefined, 'api_key_missing'],
    ['another token is shown', 'secret', 'Bearer secres', 'api_key_invalid'],
    ['a part of it is shown', 'secret', 'Bearer secre', 'api_key_invalid'],
    ['another scheme is used', 'secret', 'Basic secret', 'api_key_invalid'],
  ])('refuses where %s', (_what, token, authorization, code) => {
    expect(() => assertMayRead(authorization, configured(true, token))).toThrow(
      expect.objectContaining({ code }),
    );
  });

  it.each(['Bearer secret', undefined])('is not there where it is not enabled: %s', (header) => {
    expect(() => assertMayRead(header, configured(false, 'secret'))).toThrow(
      expect.objectContaining({ code: 'not_found' }),
    );
  });
});
