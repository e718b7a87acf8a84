/** The parts of passport-openidconnect 0.1.2 that Lumen uses and overrides; it comes without types. */
declare module 'passport-openidconnect' {
  interface StrategyOptions {
    issuer: string;
    authorizationURL: string;
    tokenURL: string;
    clientID: string;
    passReqToCallback: true;
    skipUserProfile: true;
  }

  interface StateContext {
    nonce?: string;
  }

  interface StateStore {
    store(
      request: unknown,
      context: StateContext,
      appState: unknown,
      meta: unknown,
      done: (error: Error | null, state?: string) => void,
    ): void;
    verify(
      request: unknown,
      state: string,
      done: (error: Error | null, context?: StateContext) => void,
    ): void;
  }

  /** The shape it expects of its OAuth 2 client. */
  interface OAuth2Client {
    _authorizeUrl: string;
    _accessTokenUrl: string;
    _clientId: string;
    getOAuthAccessToken(
      code: string,
      parameters: Record<string, string>,
      done: (
        error: Error | null,
        accessToken?: string,
        refreshToken?: string,
        parameters?: { id_token: string },
      ) => void,
    ): void;
  }

  /** Passport makes an object of its own for each request, whose prototype is the strategy. */
  export class Strategy {
    constructor(options: StrategyOptions, verify: (...parameters: unknown[]) => void);
    protected _issuer: string;
    protected _callbackURL: string;
    protected _scope: string;
    protected _oauth2: OAuth2Client;
    protected _stateStore: StateStore;
    authenticate(request: { query: Record<string, string> }, options: object): void;
    /** Further parameters of the authorization request. */
    authorizationParams(options: object): Record<string, string>;
    error(error: unknown): void;
  }
}
