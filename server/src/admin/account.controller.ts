import { Body, Controller, HttpCode, Post, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import { type FastifyReply } from 'fastify';
import { writeSessionCookie } from '../auth/index.js';
import { ConfigurationService } from '../config/configuration.service.js';
import { Audit, type AuditContext } from '../infrastructure/audit/audit-context.js';
import { type Principal } from '../infrastructure/http/principal.js';
import { Accepts, CurrentPrincipal } from '../infrastructure/http/route-access.js';
import { AccountDeletionService } from './account-deletion.service.js';
import { DeleteAccountDto } from './account.dto.js';

@ApiTags('Me')
@Controller('api/me')
@Accepts('session')
export class AccountController {
  constructor(
    private readonly deletion: AccountDeletionService,
    private readonly configuration: ConfigurationService,
  ) {}

  /** Deletes your account and your data, for good. */
  @Post('deletion')
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'It is gone, and so is this session.' })
  async delete(
    @CurrentPrincipal() principal: Principal,
    @Audit() audit: AuditContext,
    @Body() { email }: DeleteAccountDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.deletion.delete(principal, email, audit);
    reply.header('set-cookie', writeSessionCookie('', !this.configuration.current.app.debug, 0));
  }
}
