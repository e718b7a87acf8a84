import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { type FastifyRequest } from 'fastify';
import { ConfigurationService } from '../config/configuration.service.js';
import { AppError } from '../infrastructure/errors/app-error.js';
import { type Principal, type Role } from '../infrastructure/http/principal.js';
import {
  principalOf,
  ROUTE_ACCESS,
  ROUTE_ROLES,
  type RouteAccess,
} from '../infrastructure/http/route-access.js';
import { rolesOf } from '../users/index.js';
import { ApiKeyAuthenticationService } from './api-key-authentication.service.js';
import { isMonitoringToken, MONITORING } from './monitoring-token.js';
import { authorizationOf } from './request-authorization.js';
import { readSessionCookie } from './session-cookie.js';
import { RefusedRequestsService } from './refused-requests.service.js';
import { SessionsService } from './sessions.service.js';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);
const BEARER = /^Bearer +(\S+)$/i;

/**
 * Decides for every route who calls it, and refuses what a route has not declared. An API key that
 * is sent is what counts, even beside a session cookie; a session needs the CSRF token to change
 * anything.
 */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly apiKeys: ApiKeyAuthenticationService,
    private readonly sessions: SessionsService,
    private readonly refusals: RefusedRequestsService,
    private readonly configuration: ConfigurationService,
  ) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const access = this.reflector.getAllAndOverride<RouteAccess | undefined>(ROUTE_ACCESS, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (access === 'public') return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const admitted = this.admit(request, access);
    const roles = this.reflector.getAllAndOverride<Role[] | undefined>(ROUTE_ROLES, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (!roles) return admitted;
    return Promise.resolve(admitted).then(() => this.requireRole(request, roles));
  }

  private admit(
    request: FastifyRequest,
    access: RouteAccess | undefined,
  ): boolean | Promise<boolean> {
    const authorization = authorizationOf(request);
    if (authorization && isMonitoringToken(bearerOf(authorization), this.configuration.current)) {
      return admitMonitoring(request, access);
    }
    if (access?.includes('api_key') && (authorization || !access.includes('session'))) {
      return this.admitKey(request, authorization);
    }
    if (access?.includes('session')) return this.admitSession(request);
    throw new AppError('permission_denied', 'This address does not say who may use it.');
  }

  private requireRole(request: FastifyRequest, wanted: readonly Role[]): boolean {
    const { email, grantedRoles, onlyModels } = principalOf(request);
    if (onlyModels !== null) {
      throw new AppError(
        'permission_denied',
        'This key was made for some models alone, and for nothing that needs a role. Use one without that limit, or sign in.',
        { details: { roles: wanted } },
      );
    }
    const roles = rolesOf(email, grantedRoles, this.configuration.current);
    if (wanted.some((role) => roles.has(role))) return true;
    throw new AppError(
      'permission_denied',
      `This needs the role ${wanted.join(' or ')}, which you do not have. A superadmin can grant it.`,
      { details: { roles: wanted } },
    );
  }

  private admitKey(
    request: FastifyRequest,
    authorization: string | undefined,
  ): boolean | Promise<boolean> {
    if (!authorization) {
      throw new AppError(
        'api_key_missing',
        'No API key was sent. Send one as "Authorization: Bearer sk_…"; you make keys in Lumen under API keys.',
      );
    }
    const key = bearerOf(authorization);
    const found = key === undefined ? null : this.apiKeys.authenticate(key, request);
    if (found instanceof Promise)
      return found.then((principal) => admitPrincipal(request, principal));
    return admitPrincipal(request, found);
  }

  private async admitSession(request: FastifyRequest): Promise<boolean> {
    const isSecure = !this.configuration.current.app.debug;
    const token = readSessionCookie(request.headers.cookie, isSecure);
    const principal = token === undefined ? null : await this.sessions.find(token);
    if (!principal) {
      throw new AppError('login_required', 'You are not signed in. Sign in and try again.');
    }
    request.principal = principal;
    const isSafe = SAFE_METHODS.has(request.method);
    const csrfToken = request.headers['x-csrf-token'];
    if (!isSafe && !this.sessions.isCsrfToken(principal.credentialId, csrfToken)) {
      await this.refusals.csrfMissing(request);
      throw new AppError(
        'csrf_token_invalid',
        'The request did not come from a page of this session. Reload the page and try again.',
      );
    }
    return true;
  }
}

/** The token of an `authorization` header; undefined for another scheme. */
export function bearerOf(authorization: string): string | undefined {
  return BEARER.exec(authorization)?.[1];
}

/** The token counts for nothing but the routes that name it, whatever else the caller sent. */
function admitMonitoring(request: FastifyRequest, access: RouteAccess | undefined): boolean {
  if (!access?.includes('monitoring')) {
    throw new AppError(
      'permission_denied',
      'The monitoring token may read GET /v1/models, GET /v1/models/{id} and the details of GET /health/inference, nothing else. Use an API key here.',
    );
  }
  request.principal = MONITORING;
  return true;
}

function admitPrincipal(request: FastifyRequest, principal: Principal | null): boolean {
  if (!principal) {
    throw new AppError(
      'api_key_invalid',
      'This API key is unknown. Check it for missing characters, or make a new one in Lumen under API keys.',
    );
  }
  request.principal = principal;
  return true;
}
