import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Audit, type AuditContext } from '../infrastructure/audit/audit-context.js';
import { Accepts, Roles } from '../infrastructure/http/route-access.js';
import { ModelRefreshService } from '../models/index.js';
import {
  ApplyModelFactsDto,
  ModelRefreshDto,
  ModelRefreshListDto,
  RefreshModelsDto,
} from './model-refresh.dto.js';
import { DescribedModelDto } from './models/described-model.dto.js';

@ApiTags('Administration: models')
@ApiBearerAuth()
@Controller('api/admin/models/refresh')
@Accepts('session', 'api_key')
@Roles('engineer', 'superadmin')
export class ModelRefreshController {
  constructor(private readonly models: ModelRefreshService) {}

  /** Asks backends what they know of their models and proposes changes. Changes nothing. */
  @Post()
  @HttpCode(200)
  @ApiOkResponse({ type: ModelRefreshListDto })
  async refresh(@Body() body: RefreshModelsDto): Promise<ModelRefreshListDto> {
    const refreshes = await this.models.refresh(body.model);
    return { models: refreshes.map(ModelRefreshDto.from) };
  }

  /** Puts values into the record of the provider that has the model. */
  @Post('apply')
  @HttpCode(200)
  @ApiOkResponse({ type: DescribedModelDto })
  async apply(
    @Audit() audit: AuditContext,
    @Body() body: ApplyModelFactsDto,
  ): Promise<DescribedModelDto> {
    return DescribedModelDto.of(await this.models.apply(audit, body.model, body.values));
  }
}
