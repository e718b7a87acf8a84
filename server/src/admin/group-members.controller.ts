import { Controller, Delete, Get, HttpCode, Param, Put, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { GroupCensusService, GroupMembersService, type MemberToBe } from '../groups/index.js';
import { Audit, type AuditContext } from '../infrastructure/audit/audit-context.js';
import { Accepts, Roles } from '../infrastructure/http/route-access.js';
import { UserAdministrationService } from '../users/index.js';
import { CallerSignal } from './caller-signal.js';
import { GroupMembershipPageDto, ListMembersDto } from './groups.dto.js';

@ApiTags('Administration: groups')
@Controller('api/admin/groups/:name/members')
@Accepts('session')
@Roles('admin')
export class GroupMembersController {
  constructor(
    private readonly census: GroupCensusService,
    private readonly members: GroupMembersService,
    private readonly users: UserAdministrationService,
  ) {}

  @Get()
  @Roles('admin', 'auditor')
  @ApiOkResponse({ type: GroupMembershipPageDto })
  list(
    @Param('name') name: string,
    @Query() query: ListMembersDto,
    @CallerSignal() signal: AbortSignal,
  ): Promise<GroupMembershipPageDto> {
    return this.census.membersOf(name, query, signal);
  }

  @Put(':userId')
  @HttpCode(204)
  @ApiNoContentResponse()
  async add(
    @Param('name') name: string,
    @Param('userId') userId: string,
    @Audit() audit: AuditContext,
  ): Promise<void> {
    await this.members.add(name, await this.memberToBe(userId), audit);
  }

  @Delete(':userId')
  @HttpCode(204)
  @ApiNoContentResponse()
  async remove(
    @Param('name') name: string,
    @Param('userId') userId: string,
    @Audit() audit: AuditContext,
  ): Promise<void> {
    await this.members.remove(name, await this.memberToBe(userId), audit);
  }

  private async memberToBe(userId: string): Promise<MemberToBe> {
    const { id, email } = await this.users.get(userId);
    return { kind: 'user', id, name: email };
  }
}
