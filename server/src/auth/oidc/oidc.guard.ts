import { type ExecutionContext, Injectable } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { ConfigurationService } from '../../config/configuration.service.js';
import { LoginService } from '../login.service.js';
import { leadsElsewhere, safeReturnAddress } from '../return-address.js';
import { loginExchange, type LoginExchange } from './login-exchange.js';
import { LoginRefusal } from './login-refusal.js';
import { OIDC_STRATEGY } from './oidc.strategy.js';

type LoginRequest = FastifyRequest<{ Querystring: Record<string, unknown> }>;

interface PassportOptions {
  property: string;
  exchange: LoginExchange;
}

/**
 * Runs the login strategy on Fastify. At the first step it answers by itself and the route's handler
 * is never reached; at the callback the handler finds `request.verifiedLogin`.
 */
@Injectable()
export class OidcGuard extends AuthGuard(OIDC_STRATEGY) {
  constructor(
    private readonly configuration: ConfigurationService,
    private readonly login: LoginService,
  ) {
    super();
  }

  /** Without an identity provider, `/login` is the development user's and a callback is nobody's. */
  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<LoginRequest>();
    if (leadsElsewhere(request.query['returnTo'])) {
      throw new LoginRefusal(
        'return_address_refused',
        'The link to the sign-in names a page to return to that is not of this site.',
      );
    }
    if (this.login.kind === 'oidc') return (await super.canActivate(context)) as boolean;
    if (!isCallback(request)) return true;
    throw new LoginRefusal('login_not_configured', 'No identity provider is configured.');
  }

  override getAuthenticateOptions(context: ExecutionContext): PassportOptions {
    const http = context.switchToHttp();
    const request = http.getRequest<LoginRequest>();
    const exchange = loginExchange(request, http.getResponse<FastifyReply>(), {
      step: isCallback(request) ? 'callback' : 'start',
      returnTo: safeReturnAddress(request.query['returnTo']),
      isSecure: !this.configuration.current.app.debug,
    });
    return { property: 'verifiedLogin', exchange };
  }

  /**
   * Passport writes to what it takes for a response of Node: it gets the four members it uses, and
   * they go through Fastify, so that cookies and headers set elsewhere are sent too.
   */
  getResponse(context: ExecutionContext): object {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return {
      set statusCode(code: number) {
        void reply.code(code);
      },
      setHeader: (name: string, value: string) => reply.header(name, value),
      end: () => reply.header('cache-control', 'no-store').send(''),
    };
  }

  override handleRequest<TUser>(error: unknown, user: TUser | false, info: unknown): TUser {
    if (error) throw error as Error;
    if (user) return user;
    throw new LoginRefusal('login_failed', messageOf(info));
  }
}

function isCallback(request: LoginRequest): boolean {
  return request.routeOptions.url === '/callback';
}

function messageOf(info: unknown): string {
  const message = info && typeof info === 'object' && 'message' in info ? info.message : info;
  return typeof message === 'string' ? message : 'The provider did not say who this is.';
}
