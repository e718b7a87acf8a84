import { errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { LoginRefusal } from './login-refusal.js';

/** Signatures by a key pair only: with `none` or HS256 anybody, or any client, could sign. */
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];
/** Between the provider's clock and ours. The inherited strategy looks at `exp` again, without it. */
const CLOCK_SKEW_S = 30;

export interface IdTokenExpectation {
  keys: JWTVerifyGetKey;
  issuer: string;
  clientId: string;
  nonce: string;
  now: Date;
}

export type IdTokenClaims = JWTPayload & { iss: string; sub: string };

/**
 * The claims of an ID token that the provider signed, for this client, in answer to this login.
 * @throws LoginRefusal login_failed that says what is wrong with it
 */
export async function verifyIdToken(
  token: string,
  expected: IdTokenExpectation,
): Promise<IdTokenClaims> {
  const claims = await verifySignedClaims(token, expected);
  if (claims['nonce'] !== expected.nonce) {
    throw refused('its nonce is not the one of this login');
  }
  const isForOthersToo = Array.isArray(claims.aud) && claims.aud.length > 1;
  const azp = claims['azp'];
  if (azp === undefined ? isForOthersToo : azp !== expected.clientId) {
    throw refused('it was issued to another client (azp)');
  }
  if (typeof claims.sub !== 'string' || claims.sub === '') throw refused('it has no subject');
  return claims as IdTokenClaims;
}

async function verifySignedClaims(
  token: string,
  expected: IdTokenExpectation,
): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, expected.keys, {
      algorithms: ALGORITHMS,
      issuer: expected.issuer,
      audience: expected.clientId,
      requiredClaims: ['iss', 'sub', 'aud', 'exp', 'iat', 'nonce'],
      clockTolerance: CLOCK_SKEW_S,
      currentDate: expected.now,
    });
    return payload;
  } catch (error) {
    if (error instanceof errors.JOSEError) throw refused(describe(error), error);
    throw error;
  }
}

function describe(error: errors.JOSEError): string {
  return `${error.message} (${error.code})`;
}

function refused(reason: string, cause?: unknown): LoginRefusal {
  return new LoginRefusal('login_failed', `The ID token is refused: ${reason}.`, { cause });
}
