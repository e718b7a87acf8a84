import { Controller, Delete, Get, HttpCode, Param } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  ApiKeyDto,
  ApiKeyListDto,
  ApiKeysService,
  EndedSessionsDto,
  SessionDto,
  SessionEndingsService,
  SessionListDto,
  SessionsService,
} from '../auth/index.js';
import { Audit, type AuditContext } from '../infrastructure/audit/audit-context.js';
import { type Principal } from '../infrastructure/http/principal.js';
import { Accepts, CurrentPrincipal, Roles } from '../infrastructure/http/route-access.js';
import { UserAdministrationService } from '../users/index.js';

/** The keys and sessions of a person: to be looked at, and ended when something is wrong. */
@ApiTags('Administration: people')
@Controller('api/admin/users/:id')
@Accepts('session')
@Roles('admin')
export class UserCredentialsController {
  constructor(
    private readonly users: UserAdministrationService,
    private readonly apiKeys: ApiKeysService,
    private readonly sessions: SessionsService,
    private readonly endings: SessionEndingsService,
  ) {}

  @Get('keys')
  @Roles('admin', 'auditor')
  @ApiOkResponse({ type: ApiKeyListDto })
  async keys(@Param('id') userId: string): Promise<ApiKeyListDto> {
    const { id } = await this.users.get(userId);
    return { keys: (await this.apiKeys.listOf({ kind: 'user', id })).map(ApiKeyDto.from) };
  }

  @Delete('keys/:keyId')
  @HttpCode(204)
  @ApiNoContentResponse()
  async revoke(
    @Param('id') userId: string,
    @Param('keyId') keyId: string,
    @Audit() audit: AuditContext,
  ): Promise<void> {
    const { id, email: name } = await this.users.within(userId, audit);
    await this.apiKeys.revoke(audit, { kind: 'user', id, name }, keyId);
  }

  @Get('sessions')
  @Roles('admin', 'auditor')
  @ApiOkResponse({ type: SessionListDto })
  async openSessions(
    @Param('id') userId: string,
    @CurrentPrincipal() { credentialId }: Principal,
  ): Promise<SessionListDto> {
    const { id } = await this.users.get(userId);
    const sessions = await this.sessions.listOf(id);
    return { sessions: sessions.map((session) => SessionDto.from(session, credentialId)) };
  }

  @Delete('sessions')
  @ApiOkResponse({ type: EndedSessionsDto })
  async endAll(
    @Param('id') userId: string,
    @Audit() audit: AuditContext,
  ): Promise<EndedSessionsDto> {
    const { id: ownerId, email } = await this.users.within(userId, audit);
    return { ended: await this.endings.endAllOf({ ownerId, email }, audit) };
  }

  @Delete('sessions/:sessionId')
  @HttpCode(204)
  @ApiNoContentResponse()
  async endOne(
    @Param('id') userId: string,
    @Param('sessionId') sessionId: string,
    @Audit() audit: AuditContext,
  ): Promise<void> {
    const { id: ownerId, email } = await this.users.within(userId, audit);
    await this.endings.endOneOf({ ownerId, email }, sessionId, audit);
  }
}
