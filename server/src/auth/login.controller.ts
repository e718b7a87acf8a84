import { Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import { ApiFoundResponse, ApiNoContentResponse, ApiQuery, ApiTags } from '@nestjs/swagger';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { ConfigurationService } from '../config/configuration.service.js';
import { Accepts, Public } from '../infrastructure/http/route-access.js';
import { LoginService } from './login.service.js';
import { safeReturnAddress } from './return-address.js';
import { readSessionCookie, writeSessionCookie } from './session-cookie.js';
import { SessionsService } from './sessions.service.js';

@ApiTags('Login')
@Controller()
export class LoginController {
  constructor(
    private readonly login: LoginService,
    private readonly sessions: SessionsService,
    private readonly configuration: ConfigurationService,
  ) {}

  @Get('login')
  @Public()
  @ApiQuery({ name: 'returnTo', required: false, description: 'The page to go to afterwards.' })
  @ApiFoundResponse({ description: 'To the page, with a session.' })
  async start(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Query('returnTo') returnTo?: unknown,
  ): Promise<void> {
    if (this.login.kind === 'none') {
      void reply.redirect('/?error=login_not_configured', 302);
      return;
    }
    const origin = { ip: request.ip, userAgent: request.headers['user-agent'] };
    const token = await this.login.loginDevelopmentUser(origin);
    void reply
      .header(
        'set-cookie',
        writeSessionCookie(token, this.isSecure, this.sessions.lifetimeMs / 1000),
      )
      .redirect(safeReturnAddress(returnTo), 302);
  }

  @Post('logout')
  @Accepts('session')
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'The session has ended, here and in the database.' })
  async end(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const token = readSessionCookie(request.headers.cookie, this.isSecure);
    if (token !== undefined) await this.sessions.end(token);
    reply.header('set-cookie', writeSessionCookie('', this.isSecure, 0));
  }

  private get isSecure(): boolean {
    return !this.configuration.current.app.debug;
  }
}
