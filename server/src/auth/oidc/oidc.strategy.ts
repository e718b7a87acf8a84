import { Injectable, Logger } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { Strategy } from 'passport-openidconnect';
import { ConfigurationService } from '../../config/configuration.service.js';
import { ClockService } from '../../infrastructure/clock/clock.service.js';
import { passedOnParameters, reservedParameters } from './authorization-parameters.js';
import { type CallbackQuery, readCallbackQuery } from './callback-query.js';
import { verifyIdToken } from './id-token.js';
import { readIdentity } from './identity.js';
import { challengeOf, type LoginAttempt, newLoginAttempt } from './login-attempt.js';
import { LoginAttemptsService } from './login-attempts.service.js';
import { type LoginExchange, type VerifiedLogin } from './login-exchange.js';
import { LoginRefusal } from './login-refusal.js';
import { type OidcProvider, OidcProviderService } from './oidc-provider.service.js';
import { ProviderHttpService } from './provider-http.service.js';
import { type ProviderClient, type ProviderTokens, redeemCode } from './provider-tokens.js';
import { fetchUserinfo } from './userinfo.js';

export const OIDC_STRATEGY = 'oidc';

/** Replaced in each request by what the provider says of itself. */
const NOT_YET_KNOWN = {
  issuer: 'unknown',
  authorizationURL: 'unknown',
  tokenURL: 'unknown',
  clientID: 'unknown',
  passReqToCallback: true,
  skipUserProfile: true,
} as const;

/** What the inherited strategy takes for a request, and hands back to `validate`. */
interface InheritedRequest {
  query: Record<string, string>;
  login?: VerifiedLogin;
}

/**
 * passport-openidconnect, hardened (docs/decisions/passport-openidconnect.md). Everything that
 * reaches it was checked here before: it writes the authorization request and looks at the ID
 * token's claims once more, and never talks to the provider itself.
 * Passport runs each request on an object of its own, so `this` may keep what belongs to it.
 */
@Injectable()
export class OidcStrategy extends PassportStrategy(Strategy, OIDC_STRATEGY, 4) {
  private readonly logger = new Logger(OidcStrategy.name);
  private attempt: LoginAttempt | null = null;

  constructor(
    private readonly providers: OidcProviderService,
    private readonly attempts: LoginAttemptsService,
    private readonly http: ProviderHttpService,
    private readonly configuration: ConfigurationService,
    private readonly clock: ClockService,
  ) {
    super(NOT_YET_KNOWN);
    const ignored = reservedParameters(configuration.current.oauth2.params);
    if (ignored.length > 0) {
      this.logger.warn(`oauth2.params: ${ignored.join(', ')} are Lumen's own and not passed on.`);
    }
  }

  override authenticate(_request: unknown, options: { exchange: LoginExchange }): void {
    const { exchange } = options;
    const step = exchange.step === 'start' ? this.start(exchange) : this.finish(exchange);
    step.catch((error: unknown) => this.error(error));
  }

  override authorizationParams(): Record<string, string> {
    const attempt = this.attempt!;
    return {
      ...passedOnParameters(this.configuration.current.oauth2.params),
      nonce: attempt.nonce,
      code_challenge: challengeOf(attempt),
      code_challenge_method: 'S256',
    };
  }

  /** Called by the inherited strategy when it is content, too. */
  validate(request: InheritedRequest): VerifiedLogin {
    return request.login!;
  }

  private async start(exchange: LoginExchange): Promise<void> {
    const provider = await this.providers.current();
    const attempt = newLoginAttempt(exchange.returnTo);
    this.prepare(provider, attempt, null);
    exchange.setCookie(await this.attempts.seal(attempt));
    super.authenticate({ query: {} }, {});
  }

  private async finish(exchange: LoginExchange): Promise<void> {
    const query = readCallbackQuery(exchange.query);
    const attempt = await this.attempts.take(query.state, exchange.cookie);
    exchange.setCookie('');
    const provider = await this.providers.current();
    const code = codeIn(query, provider);
    const tokens = await redeemCode(this.http, provider, this.client, {
      code,
      verifier: attempt.verifier,
    });
    const login = await this.verify(provider, attempt, tokens);
    this.prepare(provider, attempt, tokens);
    const request: InheritedRequest = { query: { code, state: attempt.state }, login };
    super.authenticate(request, {});
  }

  private async verify(
    provider: OidcProvider,
    attempt: LoginAttempt,
    tokens: ProviderTokens,
  ): Promise<VerifiedLogin> {
    const claims = await verifyIdToken(tokens.idToken, {
      keys: provider.keys,
      issuer: provider.issuer,
      clientId: this.client.id,
      nonce: attempt.nonce,
      now: this.clock.now(),
    });
    const userinfo = await fetchUserinfo(this.http, provider, tokens.accessToken, claims);
    const { oauth2 } = this.configuration.current;
    const { identity, dropped } = readIdentity({ ...userinfo, ...claims }, oauth2);
    if (dropped.length > 0) {
      this.logger.warn(`Claims of ${identity.email} too large to keep: ${dropped.join(', ')}`);
    }
    return { id: attempt.id, identity, returnTo: attempt.returnTo };
  }

  /** Tells the inherited strategy, for this request only, whom it deals with. */
  private prepare(
    provider: OidcProvider,
    attempt: LoginAttempt,
    tokens: ProviderTokens | null,
  ): void {
    const { id, redirectUri } = this.client;
    this.attempt = attempt;
    this._issuer = provider.issuer;
    this._callbackURL = redirectUri;
    this._scope = this.scopes;
    this._stateStore = {
      store: (...parameters) => parameters[4](null, attempt.state),
      verify: (_request, _state, done) => done(null, { nonce: attempt.nonce }),
    };
    this._oauth2 = {
      _authorizeUrl: provider.authorizationEndpoint,
      _accessTokenUrl: provider.tokenEndpoint,
      _clientId: id,
      getOAuthAccessToken: (_code, _parameters, done) =>
        done(null, tokens?.accessToken, undefined, { id_token: tokens?.idToken ?? '' }),
    };
  }

  /** `openid` is added by the inherited strategy. */
  private get scopes(): string {
    const words = this.configuration.current.oauth2.scopes.split(/\s+/);
    return words.filter((word) => word !== '' && word !== 'openid').join(' ');
  }

  private get client(): ProviderClient {
    const { clientId, clientSecret, redirectUri } = this.configuration.current.oauth2;
    if (redirectUri === null) {
      throw new LoginRefusal(
        'login_not_configured',
        'oauth2.redirect_uri is not set. Put https://your-domain/callback there, as registered with the provider.',
      );
    }
    return { id: clientId, secret: clientSecret?.reveal() ?? null, redirectUri };
  }
}

/** @throws LoginRefusal login_denied or login_failed when the provider sent no code, or another did */
function codeIn({ code, error, issuer }: CallbackQuery, provider: OidcProvider): string {
  if (issuer === null ? provider.namesIssuerInCallback : issuer !== provider.issuer) {
    throw new LoginRefusal('login_failed', `The answer is not of this provider: ${issuer ?? ''}`);
  }
  if (error?.startsWith('access_denied')) throw new LoginRefusal('login_denied', error);
  if (error !== null || code === null) {
    throw new LoginRefusal('login_failed', `The provider answered ${error ?? 'nothing'}`);
  }
  return code;
}
