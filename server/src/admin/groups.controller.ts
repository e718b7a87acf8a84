import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { AccessService } from '../access/index.js';
import { PolicyService } from '../budgets/index.js';
import { Audit, type AuditContext } from '../infrastructure/audit/audit-context.js';
import { Accepts, Roles } from '../infrastructure/http/route-access.js';
import { ConsoleGroupsService, GroupTrialService } from '../groups/index.js';
import { normaliseEmail } from '../users/index.js';
import { CallerSignal } from './caller-signal.js';
import { GroupListService } from './group-list.service.js';
import {
  ChangeGroupDto,
  CreateGroupDto,
  GroupDto,
  GroupPageDto,
  GroupTestDto,
  ListGroupsDto,
  TestGroupsDto,
} from './groups.dto.js';

@ApiTags('Administration: groups')
@Controller('api/admin/groups')
@Accepts('session')
@Roles('admin')
export class GroupsController {
  constructor(
    private readonly groups: GroupListService,
    private readonly console: ConsoleGroupsService,
    private readonly trial: GroupTrialService,
    private readonly access: AccessService,
    private readonly policies: PolicyService,
  ) {}

  @Get()
  @Roles('admin', 'auditor')
  @ApiOkResponse({ type: GroupPageDto })
  list(@Query() query: ListGroupsDto): Promise<GroupPageDto> {
    return this.groups.list(query);
  }

  @Get(':name')
  @Roles('admin', 'auditor')
  @ApiOkResponse({ type: GroupDto })
  get(@Param('name') name: string): Promise<GroupDto> {
    return this.groups.get(name);
  }

  @Post()
  @ApiCreatedResponse({ type: GroupDto })
  async create(@Body() body: CreateGroupDto, @Audit() audit: AuditContext): Promise<GroupDto> {
    const { name, ...input } = body;
    return GroupDto.from(await this.console.create(name, input, audit));
  }

  @Post('test')
  @HttpCode(200)
  @Roles('admin', 'auditor')
  @ApiOkResponse({ type: GroupTestDto })
  async test(
    @Body() body: TestGroupsDto,
    @CallerSignal() signal: AbortSignal,
  ): Promise<GroupTestDto> {
    const result = await this.trial.try(body, signal);
    const address = normaliseEmail(body.email ?? '');
    return GroupTestDto.from(result, {
      standings: this.access.standingsIn(address, result.memberships),
      policies: await this.policies.ofPerson(address, result.memberships),
    });
  }

  @Patch(':name')
  @ApiOkResponse({ type: GroupDto })
  async update(
    @Param('name') name: string,
    @Body() body: ChangeGroupDto,
    @Audit() audit: AuditContext,
  ): Promise<GroupDto> {
    return GroupDto.from(await this.console.update(name, body, audit));
  }

  @Delete(':name')
  @HttpCode(204)
  @ApiNoContentResponse()
  remove(@Param('name') name: string, @Audit() audit: AuditContext): Promise<void> {
    return this.console.remove(name, audit);
  }
}
