import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiConflictResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { ConfigurationService } from '../config/configuration.service.js';
import { type CheckedDraft, ConfigurationEditingService, formFields } from '../config/index.js';
import { Audit, type AuditContext } from '../infrastructure/audit/audit-context.js';
import { type Principal } from '../infrastructure/http/principal.js';
import { Accepts, CurrentPrincipal, Roles } from '../infrastructure/http/route-access.js';
import { rolesOf } from '../users/index.js';
import {
  CheckedConfigurationDto,
  ConfigurationDto,
  ConfigurationHistoryDto,
  ConfigurationSchemaDto,
  DraftConfigurationDto,
  draftOf,
  RollBackConfigurationDto,
  SaveConfigurationDto,
} from './configuration.dto.js';

@ApiTags('Administration: configuration')
@Controller('api/admin/configuration')
@Accepts('session')
@Roles('superadmin')
export class ConfigurationController {
  constructor(
    private readonly editing: ConfigurationEditingService,
    private readonly configuration: ConfigurationService,
  ) {}

  @Get()
  @ApiOkResponse({ type: ConfigurationDto })
  async get(): Promise<ConfigurationDto> {
    return ConfigurationDto.from(await this.editing.show());
  }

  /** Every key there is, for a form. */
  @Get('schema')
  @ApiOkResponse({ type: ConfigurationSchemaDto })
  schema(): ConfigurationSchemaDto {
    return { fields: formFields() };
  }

  /** What a draft would change, and what is wrong with it. Changes nothing. */
  @Post('check')
  @HttpCode(200)
  @ApiOkResponse({ type: CheckedConfigurationDto })
  async check(
    @CurrentPrincipal() principal: Principal,
    @Body() body: DraftConfigurationDto,
  ): Promise<CheckedConfigurationDto> {
    return this.forCaller(await this.editing.check(draftOf(body)), principal);
  }

  /** Writes the file and takes it over at once. */
  @Put()
  @ApiOkResponse({ type: ConfigurationDto })
  @ApiConflictResponse({ description: 'The file changed meanwhile, or may not be written.' })
  async save(
    @Body() body: SaveConfigurationDto,
    @Audit() audit: AuditContext,
  ): Promise<ConfigurationDto> {
    return ConfigurationDto.from(await this.editing.save(draftOf(body), body.version, audit));
  }

  /** Earlier texts of the file, the newest first. */
  @Get('history')
  @ApiOkResponse({ type: ConfigurationHistoryDto })
  async history(): Promise<ConfigurationHistoryDto> {
    return { items: await this.editing.history() };
  }

  /** What going back would change. */
  @Get('history/:id')
  @ApiOkResponse({ type: CheckedConfigurationDto })
  async backup(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
  ): Promise<CheckedConfigurationDto> {
    return this.forCaller(await this.editing.checkBackup(id), principal);
  }

  /** Goes back to an earlier text; the one there is becomes a backup. */
  @Post('history/:id/restore')
  @HttpCode(200)
  @ApiOkResponse({ type: ConfigurationDto })
  async restore(
    @Param('id') id: string,
    @Body() body: RollBackConfigurationDto,
    @Audit() audit: AuditContext,
  ): Promise<ConfigurationDto> {
    return ConfigurationDto.from(await this.editing.rollBack(id, body.version, audit));
  }

  /** With the roles that the caller would no longer have. */
  private forCaller(
    checked: CheckedDraft,
    { email, grantedRoles }: Principal,
  ): CheckedConfigurationDto {
    const after = checked.roleLists;
    const now = rolesOf(email, grantedRoles, this.configuration.current);
    const then = after ? rolesOf(email, grantedRoles, after) : now;
    return CheckedConfigurationDto.from(
      checked,
      [...now].filter((role) => !then.has(role)),
    );
  }
}
