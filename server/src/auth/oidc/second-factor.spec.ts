import { describe, expect, it } from '@jest/globals';
import { hasSecondFactor } from './second-factor.js';

const MFA = 'https://refeds.org/profile/mfa';

describe('a second factor', () => {
  it.each([
    [{ acr: MFA }, true],
    [{ amr: ['pwd', 'otp'] }, true],
    [{ amr: 'otp' }, true],
    [{ acr: 'https://refeds.org/profile/sfa', amr: ['pwd'] }, false],
    [{ acr: `${MFA} ` }, false],
    [{ acr: { value: MFA }, amr: [[MFA], null] }, false],
    [{ acr_values: MFA }, false],
    [{}, false],
  ])('%j: %j', (claims, isThere) => {
    expect(hasSecondFactor(claims, [MFA, 'otp'])).toBe(isThere);
  });
});
