import { type IdTokenClaims } from './id-token.js';
import { LoginRefusal } from './login-refusal.js';
import { type OidcProvider } from './oidc-provider.service.js';
import { jsonObjectIn, type ProviderHttpService } from './provider-http.service.js';

/**
 * What the provider says about the person beyond the ID token: nothing if it has no userinfo.
 * @throws LoginRefusal login_failed when it does not answer with claims about the token's subject;
 * a login that silently went on without them would lose the person's groups
 */
export async function fetchUserinfo(
  http: ProviderHttpService,
  provider: OidcProvider,
  accessToken: string,
  token: IdTokenClaims,
): Promise<Record<string, unknown>> {
  if (provider.userinfoEndpoint === null) return {};
  const { status, text } = await http.fetch({
    url: provider.userinfoEndpoint,
    what: 'userinfo endpoint',
    headers: { authorization: `Bearer ${accessToken}` },
  });
  const claims = status === 200 ? jsonObjectIn(text) : undefined;
  if (!claims) throw refused(`it answered status ${status} and not with a JSON object`, token);
  if (claims['sub'] !== token.sub) throw refused('it speaks of another subject', token);
  return claims;
}

function refused(reason: string, { iss, sub }: IdTokenClaims): LoginRefusal {
  return new LoginRefusal('login_failed', `The provider's userinfo is refused: ${reason}.`, {
    identity: { issuer: iss, subject: sub },
  });
}
