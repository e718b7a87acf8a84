import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiTags,
} from '@nestjs/swagger';
import { Audit, type AuditContext } from '../infrastructure/audit/audit-context.js';
import { Accepts, Roles } from '../infrastructure/http/route-access.js';
import {
  AskProviderDto,
  CreateProviderDto,
  TestProviderDto,
  UpdateProviderDto,
} from './provider-bodies.dto.js';
import { ProviderModelListsService } from './provider-model-lists.service.js';
import { ProviderRecordsService } from './provider-records.service.js';
import { ProviderTestService } from './provider-test.service.js';
import { ProviderViewsService } from './provider-views.service.js';
import {
  BackendModelListDto,
  ProviderDetailDto,
  ProviderDetailListDto,
  ProviderTestResultDto,
} from './providers.dto.js';

@ApiTags('Providers')
@ApiBearerAuth()
@Controller('providers')
@Accepts('session', 'api_key')
@Roles('engineer', 'superadmin')
export class ProviderAdministrationController {
  constructor(
    private readonly records: ProviderRecordsService,
    private readonly views: ProviderViewsService,
    private readonly tests: ProviderTestService,
    private readonly lists: ProviderModelListsService,
  ) {}

  /** All providers, with masked keys. */
  @Get('admin')
  @ApiOkResponse({ type: ProviderDetailListDto })
  async list(): Promise<ProviderDetailListDto> {
    return { providers: await this.views.details() };
  }

  @Post()
  @ApiCreatedResponse({ type: ProviderDetailDto })
  async create(
    @Audit() audit: AuditContext,
    @Body() body: CreateProviderDto,
  ): Promise<ProviderDetailDto> {
    return this.views.detail(await this.records.create(audit, body));
  }

  /** Changes what is given. An empty key keeps the one that is stored. */
  @Patch(':id')
  @ApiOkResponse({ type: ProviderDetailDto })
  async update(
    @Audit() audit: AuditContext,
    @Param('id') id: string,
    @Body() body: UpdateProviderDto,
  ): Promise<ProviderDetailDto> {
    return this.views.detail(await this.records.update(audit, id, body));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiNoContentResponse()
  remove(@Audit() audit: AuditContext, @Param('id') id: string): Promise<void> {
    return this.records.remove(audit, id);
  }

  /** The same as DELETE, for networks whose proxies do not let that through. */
  @Post(':id/delete')
  @HttpCode(204)
  @ApiNoContentResponse()
  removeByPost(@Audit() audit: AuditContext, @Param('id') id: string): Promise<void> {
    return this.records.remove(audit, id);
  }

  /** Asks the backend which models it has. The id `draft` asks what is not saved yet. */
  @Post(':id/models')
  @HttpCode(200)
  @ApiOkResponse({ type: BackendModelListDto })
  models(
    @Audit() audit: AuditContext,
    @Param('id') id: string,
    @Body() body: AskProviderDto,
  ): Promise<BackendModelListDto> {
    return this.lists.of(audit, id, body);
  }

  /** Sends a tiny request and tells what came of it. The id `draft` tests what is not saved yet. */
  @Post(':id/test')
  @HttpCode(200)
  @ApiOkResponse({ type: ProviderTestResultDto })
  test(
    @Audit() audit: AuditContext,
    @Param('id') id: string,
    @Body() body: TestProviderDto,
  ): Promise<ProviderTestResultDto> {
    return this.tests.run(audit, id, body);
  }
}
