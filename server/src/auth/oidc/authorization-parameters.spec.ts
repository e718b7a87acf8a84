import { describe, expect, it } from '@jest/globals';
import { passedOnParameters, reservedParameters } from './authorization-parameters.js';

describe('the parameters of the authorization request', () => {
  const configured = {
    idphint: 'urn:mace:incommon:example.edu',
    prompt: 'login',
    state: 'chosen',
    NONCE: 'chosen',
    redirect_uri: 'https://evil.example',
    ' client_id': 'other',
    code_challenge: 'x',
    code_challenge_method: 'plain',
    response_type: 'token',
    response_mode: 'form_post',
    scope: 'openid',
    request: 'ey…',
    request_uri: 'https://evil.example',
  };

  it('are those of the configuration', () => {
    expect(passedOnParameters(configured)).toEqual({
      idphint: 'urn:mace:incommon:example.edu',
      prompt: 'login',
    });
  });

  it('never replace what the login decides', () => {
    expect(reservedParameters(configured)).toHaveLength(Object.keys(configured).length - 2);
  });
});
