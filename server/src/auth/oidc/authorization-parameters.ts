/**
 * What the login itself decides. A configured parameter of one of these names could take it over
 * (`request` even all of them at once), so none of them is passed on.
 */
const RESERVED = new Set([
  'client_id',
  'client_secret',
  'code_challenge',
  'code_challenge_method',
  'code_verifier',
  'nonce',
  'redirect_uri',
  'request',
  'request_uri',
  'response_mode',
  'response_type',
  'scope',
  'state',
]);

/** Of the configured `oauth2.params`, what goes to the provider with the login request. */
export function passedOnParameters(
  configured: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(Object.entries(configured).filter(([name]) => !isReserved(name)));
}

/** Names in `oauth2.params` that have no effect. */
export function reservedParameters(configured: Readonly<Record<string, string>>): string[] {
  return Object.keys(configured).filter(isReserved);
}

function isReserved(name: string): boolean {
  return RESERVED.has(name.trim().toLowerCase());
}
