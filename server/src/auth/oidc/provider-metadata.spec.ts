import { describe, expect, it } from '@jest/globals';
import { readProviderMetadata } from './provider-metadata.js';

const ISSUER = 'https://cilogon.org';
const ADDRESS = `${ISSUER}/.well-known/openid-configuration`;
const DOCUMENT = {
  issuer: ISSUER,
  authorization_endpoint: `${ISSUER}/authorize`,
  token_endpoint: `${ISSUER}/oauth2/token`,
  userinfo_endpoint: `${ISSUER}/oauth2/userinfo`,
  jwks_uri: `${ISSUER}/oauth2/certs`,
  token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
};

describe('readProviderMetadata', () => {
  it('reads what a login needs', () => {
    expect(readProviderMetadata(DOCUMENT, ADDRESS)).toEqual({
      issuer: ISSUER,
      authorizationEndpoint: `${ISSUER}/authorize`,
      tokenEndpoint: `${ISSUER}/oauth2/token`,
      jwksUri: `${ISSUER}/oauth2/certs`,
      userinfoEndpoint: `${ISSUER}/oauth2/userinfo`,
      takesSecretInForm: true,
      namesIssuerInCallback: false,
    });
  });

  it('takes the defaults of the standard for what is not said', () => {
    const { userinfo_endpoint: _, token_endpoint_auth_methods_supported: __, ...rest } = DOCUMENT;
    expect(readProviderMetadata(rest, ADDRESS)).toMatchObject({
      userinfoEndpoint: null,
      takesSecretInForm: false,
    });
  });

  it.each([
    ['https://login.example/tenant/v2.0', 'https://login.example/tenant/v2.0'],
    ['https://x.example/', 'https://x.example'],
  ])('knows the issuer %s by its address', (issuer, base) => {
    const address = `${base}/.well-known/openid-configuration`;
    expect(readProviderMetadata({ ...DOCUMENT, issuer }, address).issuer).toBe(issuer);
  });

  it.each([
    ['another issuer', { issuer: 'https://evil.example' }],
    ['a tenant of the same host', { issuer: `${ISSUER}/tenant` }],
    ['no issuer', { issuer: undefined }],
    ['no token endpoint', { token_endpoint: undefined }],
    ['no keys', { jwks_uri: '' }],
    ['no address', { authorization_endpoint: 'authorize' }],
    ['a number', { userinfo_endpoint: 7 }],
    ['an endpoint without TLS', { token_endpoint: 'http://cilogon.org/token' }],
    ['an endpoint that is a file', { jwks_uri: 'file:///etc/passwd' }],
  ])('refuses %s', (_what, changed) => {
    expect(() => readProviderMetadata({ ...DOCUMENT, ...changed }, ADDRESS)).toThrow();
  });

  it('allows plain http where the address itself is', () => {
    const plain = JSON.parse(JSON.stringify(DOCUMENT).replaceAll('https', 'http')) as object;
    const address = ADDRESS.replace('https', 'http');
    expect(readProviderMetadata({ ...plain }, address).issuer).toBe('http://cilogon.org');
  });
});
