import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiConflictResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { ConfigurationEditingService, formFields } from '../config/index.js';
import { Audit, type AuditContext } from '../infrastructure/audit/audit-context.js';
import { Accepts, Roles } from '../infrastructure/http/route-access.js';
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
  constructor(private readonly editing: ConfigurationEditingService) {}

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
  async check(@Body() body: DraftConfigurationDto): Promise<CheckedConfigurationDto> {
    return CheckedConfigurationDto.from(await this.editing.check(draftOf(body)));
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
  async backup(@Param('id') id: string): Promise<CheckedConfigurationDto> {
    return CheckedConfigurationDto.from(await this.editing.checkBackup(id));
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
}
