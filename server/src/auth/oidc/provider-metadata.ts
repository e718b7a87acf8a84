/** What Lumen uses of a provider's description of itself. */
export interface ProviderMetadata {
  issuer: string;
  authorizationEndpoint: string;
  tokenEndpoint: string;
  jwksUri: string;
  /** Null: the provider has none, and everything is in the ID token. */
  userinfoEndpoint: string | null;
  /** The client secret goes into the form of the token request, else into its `authorization`. */
  takesSecretInForm: boolean;
  /** Every answer to the browser names its issuer (RFC 9207). */
  namesIssuerInCallback: boolean;
}

const WELL_KNOWN = /\/\.well-known\/(openid-configuration|oauth-authorization-server)$/;

/**
 * Reads a discovery document.
 * @throws Error that says what is wrong with it, if it is not one or describes another provider
 */
export function readProviderMetadata(
  document: Record<string, unknown>,
  metadataUrl: string,
): ProviderMetadata {
  const issuer = textOf(document, 'issuer');
  requireIssuerOf(metadataUrl, issuer);
  const endpoint = (name: string): string => endpointOf(document, name, metadataUrl);
  const methods = document['token_endpoint_auth_methods_supported'];
  return {
    issuer,
    authorizationEndpoint: endpoint('authorization_endpoint'),
    tokenEndpoint: endpoint('token_endpoint'),
    jwksUri: endpoint('jwks_uri'),
    userinfoEndpoint:
      document['userinfo_endpoint'] === undefined ? null : endpoint('userinfo_endpoint'),
    takesSecretInForm: Array.isArray(methods) && methods.includes('client_secret_post'),
    namesIssuerInCallback: document['authorization_response_iss_parameter_supported'] === true,
  };
}

/** The issuer must be where its document is, or anyone who serves one could speak for another. */
function requireIssuerOf(metadataUrl: string, issuer: string): void {
  const withoutSlash = (text: string) => text.replace(/\/$/, '');
  const isWellKnown = WELL_KNOWN.test(metadataUrl);
  const isSame = isWellKnown
    ? withoutSlash(issuer) === metadataUrl.replace(WELL_KNOWN, '')
    : URL.canParse(issuer) && new URL(issuer).origin === new URL(metadataUrl).origin;
  if (!isSame) {
    throw new Error(`its issuer ${JSON.stringify(issuer)} is not the one at that address`);
  }
}

function endpointOf(document: Record<string, unknown>, name: string, metadataUrl: string): string {
  const address = textOf(document, name);
  if (!URL.canParse(address)) throw new Error(`its ${name} is not an address`);
  const { protocol } = new URL(address);
  const isPlainAllowed = metadataUrl.startsWith('http:');
  if (protocol !== 'https:' && !(protocol === 'http:' && isPlainAllowed)) {
    throw new Error(`its ${name} is not an https address`);
  }
  return address;
}

function textOf(document: Record<string, unknown>, name: string): string {
  const value = document[name];
  if (typeof value !== 'string' || value === '') throw new Error(`it has no ${name}`);
  return value;
}
