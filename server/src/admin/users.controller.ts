import { Body, Controller, Get, Param, Patch, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Audit, type AuditContext } from '../infrastructure/audit/audit-context.js';
import { Accepts, Roles } from '../infrastructure/http/route-access.js';
import { CallerSignal } from './caller-signal.js';
import { UsersOverviewService } from './users-overview.service.js';
import {
  ListUsersDto,
  SetRolesDto,
  UpdateUserDto,
  UserDetailsDto,
  UserPageDto,
} from './users.dto.js';

@ApiTags('Administration: people')
@Controller('api/admin/users')
@Accepts('session')
export class UsersController {
  constructor(private readonly users: UsersOverviewService) {}

  @Get()
  @Roles('admin', 'auditor')
  @ApiOkResponse({ type: UserPageDto })
  list(@Query() query: ListUsersDto, @CallerSignal() signal: AbortSignal): Promise<UserPageDto> {
    return this.users.list(query, signal);
  }

  @Get(':id')
  @Roles('admin', 'auditor')
  @ApiOkResponse({ type: UserDetailsDto })
  get(@Param('id') id: string): Promise<UserDetailsDto> {
    return this.users.get(id);
  }

  @Patch(':id')
  @Roles('admin')
  @ApiOkResponse({ type: UserDetailsDto })
  update(
    @Param('id') id: string,
    @Body() body: UpdateUserDto,
    @Audit() audit: AuditContext,
  ): Promise<UserDetailsDto> {
    return this.users.setActive(id, body.isActive, audit);
  }

  @Put(':id/roles')
  @Roles('superadmin')
  @ApiOkResponse({ type: UserDetailsDto })
  setRoles(
    @Param('id') id: string,
    @Body() body: SetRolesDto,
    @Audit() audit: AuditContext,
  ): Promise<UserDetailsDto> {
    return this.users.setRoles(id, body.roles, audit);
  }
}
