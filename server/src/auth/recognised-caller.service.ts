import { Injectable } from '@nestjs/common';
import { type FastifyRequest } from 'fastify';
import { ConfigurationService } from '../config/configuration.service.js';
import { type Principal, type Role } from '../infrastructure/http/principal.js';
import { rolesOf } from '../users/index.js';
import { ApiKeyAuthenticationService } from './api-key-authentication.service.js';
import { bearerOf } from './auth.guard.js';
import { isMonitoringToken, MONITORING } from './monitoring-token.js';
import { readSessionCookie } from './session-cookie.js';
import { SessionsService } from './sessions.service.js';

/** Recognises callers of addresses that are open to everybody and tell more to some. */
@Injectable()
export class RecognisedCallerService {
  constructor(
    private readonly apiKeys: ApiKeyAuthenticationService,
    private readonly sessions: SessionsService,
    private readonly configuration: ConfigurationService,
  ) {}

  /** Whether the caller showed the monitoring token, or has one of these roles now. Never rejects. */
  async mayMonitor(request: FastifyRequest, roles: readonly Role[]): Promise<boolean> {
    const principal = await this.recognise(request);
    if (principal === null || principal === MONITORING) return principal !== null;
    // As for whatever needs a role: a key for some models is for these models.
    if (principal.onlyModels !== null) return false;
    const has = rolesOf(principal.email, principal.grantedRoles, this.configuration.current);
    return roles.some((role) => has.has(role));
  }

  /** Whoever cannot be recognised, if only because the database is away, is nobody in particular. */
  private async recognise(request: FastifyRequest): Promise<Principal | null> {
    const { authorization, cookie } = request.headers;
    const { current } = this.configuration;
    try {
      if (authorization) {
        const token = bearerOf(authorization);
        if (isMonitoringToken(token, current)) return MONITORING;
        return token === undefined ? null : await this.apiKeys.authenticate(token, request);
      }
      const session = readSessionCookie(cookie, !current.app.debug);
      return session === undefined ? null : await this.sessions.find(session);
    } catch {
      return null;
    }
  }
}
