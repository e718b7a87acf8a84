import { LoginRefusal } from './login-refusal.js';
import { type OidcProvider } from './oidc-provider.service.js';
import { jsonObjectIn, type ProviderHttpService } from './provider-http.service.js';

/** Lumen as the provider knows it. */
export interface ProviderClient {
  id: string;
  /** Null: a public client, for which PKCE alone speaks. */
  secret: string | null;
  redirectUri: string;
}

export interface ProviderTokens {
  idToken: string;
  accessToken: string;
}

/**
 * Exchanges the code of an answer for tokens.
 * @throws LoginRefusal login_failed when the provider refuses it, login_provider_unreachable when it fails
 */
export async function redeemCode(
  http: ProviderHttpService,
  provider: OidcProvider,
  client: ProviderClient,
  { code, verifier }: { code: string; verifier: string },
): Promise<ProviderTokens> {
  const { status, text } = await http.fetch({
    url: provider.tokenEndpoint,
    what: 'token endpoint',
    ...authenticated(provider, client, {
      grant_type: 'authorization_code',
      code,
      redirect_uri: client.redirectUri,
      code_verifier: verifier,
    }),
  });
  const answer = jsonObjectIn(text);
  if (status !== 200 || !answer) throw refusedBy(status, answer);
  const { id_token: idToken, access_token: accessToken } = answer;
  if (typeof idToken !== 'string' || typeof accessToken !== 'string') {
    throw new LoginRefusal('login_failed', 'The provider answered without an ID or access token.');
  }
  return { idToken, accessToken };
}

/** With the client's secret where this provider wants it. */
function authenticated(
  provider: OidcProvider,
  client: ProviderClient,
  form: Record<string, string>,
): { form: Record<string, string>; headers?: Record<string, string> } {
  if (client.secret === null) return { form: { ...form, client_id: client.id } };
  if (provider.takesSecretInForm) {
    return { form: { ...form, client_id: client.id, client_secret: client.secret } };
  }
  const pair = `${formEncoded(client.id)}:${formEncoded(client.secret)}`;
  return { form, headers: { authorization: `Basic ${Buffer.from(pair).toString('base64')}` } };
}

/** RFC 6749 §2.3.1 wants both halves encoded as in a form before they are joined. */
function formEncoded(text: string): string {
  return new URLSearchParams({ '': text }).toString().slice(1);
}

function refusedBy(status: number, answer: Record<string, unknown> | undefined): LoginRefusal {
  const { error = 'no reason given', error_description: description = '' } = answer ?? {};
  const reason = `${String(error)} ${String(description)}`.trim().slice(0, 500);
  return new LoginRefusal(
    'login_failed',
    `The provider did not exchange the code: ${reason} (status ${status}).`,
  );
}
