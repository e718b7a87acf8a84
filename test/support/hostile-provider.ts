import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

export interface TokenOptions {
  claims?: JWTPayload;
  key?: CryptoKey | Uint8Array;
  header?: { alg: string; kid?: string };
  without?: string;
}

/**
 * An identity provider that answers what a test tells it to, and signs whatever it likes. Nobody
 * logs in at it: a test sends its own answer to the callback.
 */
export class HostileProvider implements AsyncDisposable {
  /** Answers of the token endpoint and of userinfo. */
  token: (form: URLSearchParams) => Promise<object> | object = () => ({});
  userinfo: (accessToken: string) => object | string = () => ({});
  metadata: Record<string, unknown> = {};
  /** Of every answer. */
  status = 200;
  /** Takes requests and never answers. */
  isSilent = false;
  /** The paths that were asked for. */
  readonly asked: string[] = [];
  readonly clientId = 'lumen';

  private constructor(
    private readonly server: Server,
    readonly key: CryptoKey,
    private readonly publicKey: object,
  ) {}

  static async start(): Promise<HostileProvider> {
    const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
    const jwk = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256', use: 'sig' };
    const server = createServer();
    const provider = new HostileProvider(server, privateKey, jwk);
    server.on('request', (request, response) => void provider.handle(request, response));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return provider;
  }

  get issuer(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get metadataUrl(): string {
    return `${this.issuer}/.well-known/openid-configuration`;
  }

  /** An ID token that would be accepted, but for what `options` say. */
  sign(nonce: string, options: TokenOptions = {}): Promise<string> {
    const nowS = Math.floor(Date.now() / 1000);
    const claims: JWTPayload = {
      iss: this.issuer,
      aud: this.clientId,
      sub: 'mallory',
      iat: nowS,
      exp: nowS + 600,
      nonce,
      email: 'mallory@example.org',
      ...options.claims,
    };
    if (options.without) delete claims[options.without];
    return new SignJWT(claims)
      .setProtectedHeader(options.header ?? { alg: 'RS256', kid: 'one' })
      .sign(options.key ?? this.key);
  }

  /** The provider's own public key as the bytes that a confused verifier takes for an HMAC secret. */
  get publicKeyBytes(): Uint8Array {
    return new TextEncoder().encode(JSON.stringify(this.publicKey));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url?.split('?')[0] ?? '';
    this.asked.push(path);
    let body = '';
    for await (const chunk of request) body += String(chunk);
    if (this.isSilent) return;
    const answer = await this.answerOf(path, body, request.headers.authorization ?? '');
    response.statusCode = this.status;
    response.setHeader('content-type', 'application/json');
    response.end(typeof answer === 'string' ? answer : JSON.stringify(answer));
  }

  private answerOf(
    path: string,
    body: string,
    authorization: string,
  ): object | string | Promise<object> {
    if (path === '/keys') return { keys: [this.publicKey] };
    if (path === '/token') return this.token(new URLSearchParams(body));
    if (path === '/me') return this.userinfo(authorization.replace('Bearer ', ''));
    return {
      issuer: this.issuer,
      authorization_endpoint: `${this.issuer}/auth`,
      token_endpoint: `${this.issuer}/token`,
      userinfo_endpoint: `${this.issuer}/me`,
      jwks_uri: `${this.issuer}/keys`,
      ...this.metadata,
    };
  }
}

/** A token whose header says that nobody signed it. */
export function unsigned(token: string): string {
  const header = Buffer.from('{"alg":"none"}').toString('base64url');
  return `${header}.${token.split('.')[1]}.`;
}
