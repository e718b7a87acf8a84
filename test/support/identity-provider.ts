import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair } from 'jose';
import { interactionPolicy, Provider } from 'oidc-provider';
import MemoryAdapter from 'oidc-provider/lib/adapters/memory_adapter.js';

export const CLIENT_ID = 'cilogon:/client_id/1234';
export const CLIENT_SECRET = 'a secret with spaces, + and %';

/** Somebody with an account at the institution. */
export interface Person {
  sub: string;
  /** What CILogon would say: email, name, affiliation, member_of, idp, ou and so on. */
  claims: Record<string, unknown>;
}

export const ADA: Person = {
  sub: 'http://cilogon.org/serverA/users/1',
  claims: {
    email: 'ada@example.edu',
    name: 'Ada Lovelace',
    given_name: 'Ada',
    family_name: 'Lovelace',
    idp: 'urn:mace:incommon:example.edu',
    idp_name: 'Example University',
    affiliation: 'staff@example.edu;member@example.edu',
    member_of: ['cn=physics', 'cn=chess'],
    ou: 'Physics',
  },
};

/** Said, because the provider complains of every one it has to choose itself. */
const LIFETIMES_S = Object.fromEntries(
  ['AccessToken', 'AuthorizationCode', 'Grant', 'IdToken', 'Interaction', 'Session'].map((kind) => [
    kind,
    600,
  ]),
);

const CILOGON_CLAIMS = ['idp', 'idp_name', 'affiliation', 'member_of', 'ou', 'eppn', 'groups'];

/**
 * A real OpenID provider on a port of 127.0.0.1. Whoever comes to log in is `person`, at once and
 * each time anew; or is refused, while `denies` is set.
 */
export class IdentityProvider implements AsyncDisposable {
  person: Person = ADA;
  denies = false;
  /** The authorization requests so far. */
  readonly requests: URL[] = [];
  private readonly people = new Map<string, Person>();
  private provider!: Provider;
  private server!: Server;
  issuer = '';

  private constructor(private readonly redirectUri: string) {}

  static async start(redirectUri: string): Promise<IdentityProvider> {
    const idp = new IdentityProvider(redirectUri);
    await idp.listen(0);
    const { port } = idp.server.address() as AddressInfo;
    idp.issuer = `http://127.0.0.1:${port}`;
    idp.provider = await idp.createProvider();
    return idp;
  }

  get metadataUrl(): string {
    return `${this.issuer}/.well-known/openid-configuration`;
  }

  get lastRequest(): URL {
    return this.requests.at(-1)!;
  }

  /** Not reachable until `comeBack`. */
  async goAway(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  async comeBack(): Promise<void> {
    await this.listen(Number(new URL(this.issuer).port));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.server.listening) await this.goAway();
  }

  private async listen(port: number): Promise<void> {
    this.server = createServer((request, response) => void this.handle(request, response));
    this.server.listen(port, '127.0.0.1');
    await once(this.server, 'listening');
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.issuer);
    if (url.pathname === '/auth') this.requests.push(url);
    if (!url.pathname.startsWith('/interaction/')) {
      this.provider.callback()(request, response);
      return;
    }
    const { params } = await this.provider.interactionDetails(request, response);
    const result = this.denies
      ? { error: 'access_denied', error_description: 'The person said no.' }
      : await this.consent(params);
    const options = { mergeWithLastSubmission: false };
    await this.provider.interactionFinished(request, response, result, options);
  }

  private async consent(params: Record<string, string>): Promise<object> {
    const accountId = this.person.sub;
    this.people.set(accountId, this.person);
    const grant = new this.provider.Grant({ accountId, clientId: CLIENT_ID });
    grant.addOIDCScope(params['scope']!);
    return { login: { accountId }, consent: { grantId: await grant.save() } };
  }

  private async createProvider(): Promise<Provider> {
    const { privateKey } = await generateKeyPair('RS256', { extractable: true });
    const jwk = { ...(await exportJWK(privateKey)), use: 'sig', alg: 'RS256', kid: 'one' };
    return new Provider(this.issuer, {
      clients: [
        {
          client_id: CLIENT_ID,
          client_secret: CLIENT_SECRET,
          redirect_uris: [this.redirectUri],
          token_endpoint_auth_method: 'client_secret_post',
        },
      ],
      jwks: { keys: [jwk] },
      adapter: class extends MemoryAdapter {},
      ttl: LIFETIMES_S,
      cookies: { keys: ['only for tests'] },
      scopes: ['openid', 'email', 'profile', 'org.cilogon.userinfo'],
      claims: {
        openid: ['sub'],
        email: ['email', 'email_verified'],
        profile: ['name', 'given_name', 'family_name', 'preferred_username'],
        'org.cilogon.userinfo': CILOGON_CLAIMS,
      },
      pkce: { required: () => true },
      features: { devInteractions: { enabled: false } },
      interactions: {
        policy: askEachTime(),
        url: (_context: unknown, { uid }: { uid: string }) => `/interaction/${uid}`,
      },
      findAccount: (_context: unknown, sub: string) => ({
        accountId: sub,
        claims: () => ({ sub, ...this.people.get(sub)?.claims }),
      }),
    });
  }
}

/** Nobody stays logged in at the provider, so that each login may be somebody else. */
function askEachTime() {
  const policy = interactionPolicy.base();
  policy
    .get('login')
    .checks.add(
      new interactionPolicy.Check(
        'each_time',
        'Everybody is asked each time',
        ({ oidc }) => !oidc.result?.login,
      ),
    );
  return policy;
}
