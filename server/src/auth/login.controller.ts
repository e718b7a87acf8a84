import {
  Controller,
  Get,
  HttpCode,
  Post,
  Query,
  Req,
  Res,
  UseFilters,
  UseGuards,
} from '@nestjs/common';
import { ApiFoundResponse, ApiNoContentResponse, ApiQuery, ApiTags } from '@nestjs/swagger';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { ConfigurationService } from '../config/configuration.service.js';
import { Audit, type AuditContext, auditContextOf } from '../infrastructure/audit/audit-context.js';
import { type Principal } from '../infrastructure/http/principal.js';
import { Accepts, CurrentPrincipal, Public } from '../infrastructure/http/route-access.js';
import { LoginService } from './login.service.js';
import { LoginRefusalFilter } from './oidc/login-refusal.filter.js';
import { OidcGuard } from './oidc/oidc.guard.js';
import { safeReturnAddress } from './return-address.js';
import { readSessionCookie, writeSessionCookie } from './session-cookie.js';
import { SessionEndingsService } from './session-endings.service.js';
import { type Browser } from './session-openings.service.js';
import { SessionsService } from './sessions.service.js';

@ApiTags('Login')
@Controller()
export class LoginController {
  constructor(
    private readonly login: LoginService,
    private readonly sessions: SessionsService,
    private readonly endings: SessionEndingsService,
    private readonly configuration: ConfigurationService,
  ) {}

  /** With an identity provider, the guard sends people there and this is not reached. */
  @Get('login')
  @Public()
  @UseGuards(OidcGuard)
  @UseFilters(LoginRefusalFilter)
  @ApiQuery({ name: 'returnTo', required: false, description: 'The page to go to afterwards.' })
  @ApiFoundResponse({
    description: 'To the identity provider; in development to the page, with a session.',
  })
  async start(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Query('returnTo') returnTo?: unknown,
  ): Promise<void> {
    const audit = auditContextOf(request);
    const token = await this.login.loginDevelopmentUser(this.browserOf(request), audit);
    this.welcome(reply, token, safeReturnAddress(returnTo));
  }

  @Get('callback')
  @Public()
  @UseGuards(OidcGuard)
  @UseFilters(LoginRefusalFilter)
  @ApiFoundResponse({
    description: 'Where the identity provider sends people back, and on to their page.',
  })
  async finish(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const verified = request.verifiedLogin!;
    const audit = auditContextOf(request);
    const token = await this.login.loginVerified(verified, this.browserOf(request), audit);
    this.welcome(reply, token, verified.returnTo);
  }

  @Post('logout')
  @Accepts('session')
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'The session has ended, here and in the database.' })
  async end(
    @CurrentPrincipal() principal: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Audit() audit: AuditContext,
  ): Promise<void> {
    await this.endings.logOut(principal, audit);
    reply.header('set-cookie', writeSessionCookie('', this.isSecure, 0));
  }

  private browserOf(request: FastifyRequest): Browser {
    return {
      ip: request.ip,
      userAgent: request.headers['user-agent'],
      previousToken: readSessionCookie(request.headers.cookie, this.isSecure),
    };
  }

  private welcome(reply: FastifyReply, token: string, page: string): void {
    const lifetimeS = this.sessions.lifetimeMs / 1000;
    void reply
      .header('set-cookie', writeSessionCookie(token, this.isSecure, lifetimeS))
      .header('cache-control', 'no-store')
      .redirect(page, 302);
  }

  private get isSecure(): boolean {
    return !this.configuration.current.app.debug;
  }
}
