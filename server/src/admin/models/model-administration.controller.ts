import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import { Accepts, Roles } from '../../infrastructure/http/route-access.js';
import {
  AdministeredModelDto,
  AdministeredModelPageDto,
  ListAdministeredModelsDto,
} from './administered-model.dto.js';
import { ModelAdministrationService } from './model-administration.service.js';

@ApiTags('Administration: models')
@ApiBearerAuth()
@Controller('api/admin/models')
@Accepts('session', 'api_key')
@Roles('engineer', 'superadmin')
export class ModelAdministrationController {
  constructor(private readonly models: ModelAdministrationService) {}

  /** Every model, those that are disabled too. Searched by id and by the addresses of endpoints. */
  @Get()
  @ApiOkResponse({ type: AdministeredModelPageDto })
  list(@Query() query: ListAdministeredModelsDto): AdministeredModelPageDto {
    return this.models.list(query);
  }

  @Get('*')
  @ApiParam({ name: 'path', type: String, description: 'The model; may contain slashes.' })
  @ApiOkResponse({ type: AdministeredModelDto })
  find(@Param('*') model: string): AdministeredModelDto {
    return this.models.find(model);
  }
}
