import { Controller, Delete, Get, HttpCode, Param } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Audit, type AuditContext } from '../infrastructure/audit/audit-context.js';
import { type Principal } from '../infrastructure/http/principal.js';
import { Accepts, CurrentPrincipal } from '../infrastructure/http/route-access.js';
import { SessionEndingsService } from './session-endings.service.js';
import { EndedSessionsDto, SessionDto, SessionListDto } from './sessions.dto.js';
import { SessionsService } from './sessions.service.js';

@ApiTags('Sessions')
@Controller('api/sessions')
@Accepts('session')
export class SessionsController {
  constructor(
    private readonly sessions: SessionsService,
    private readonly endings: SessionEndingsService,
  ) {}

  @Get()
  @ApiOkResponse({ type: SessionListDto })
  async list(@CurrentPrincipal() principal: Principal): Promise<SessionListDto> {
    const sessions = await this.sessions.listOf(principal.ownerId);
    return {
      sessions: sessions.map((session) => SessionDto.from(session, principal.credentialId)),
    };
  }

  /** Ends all but the session that asks. */
  @Delete()
  @ApiOkResponse({ type: EndedSessionsDto })
  async endOthers(
    @CurrentPrincipal() principal: Principal,
    @Audit() audit: AuditContext,
  ): Promise<EndedSessionsDto> {
    return { ended: await this.endings.endOthers(principal, audit) };
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiNoContentResponse()
  async endOne(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Audit() audit: AuditContext,
  ): Promise<void> {
    await this.endings.endOne(principal, id, audit);
  }
}
