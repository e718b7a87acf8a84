import { type Configuration } from '../../config/index.js';
import { failed, type Finding, ok, reasonOf, skipped } from './check.js';

const TIMEOUT_MS = 10_000;

/** The identity provider tells where people sign in. */
export async function checkLogin({ oauth2 }: Configuration): Promise<Finding[]> {
  const address = oauth2.serverMetadataUrl;
  if (oauth2.clientId === '' || !address) return [skipped('login', 'no provider is configured')];
  const advice = 'Check oauth2.server_metadata_url, and that this machine may reach it.';
  try {
    const answer = await fetch(address, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    const { issuer } = (await answer.json()) as { issuer?: unknown };
    if (answer.ok && typeof issuer === 'string') return [ok('login', `${issuer} answers`)];
    return [failed('login', `${address} answered ${answer.status}, without an issuer`, advice)];
  } catch (error) {
    const cause = error instanceof Error && error.cause ? error.cause : error;
    return [failed('login', `${address}: ${reasonOf(cause)}`, advice)];
  }
}
