import { Controller, Get } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Accepts } from '../infrastructure/http/route-access.js';
import { ProviderViewsService } from './provider-views.service.js';
import { ProviderListDto, ProviderModelListDto } from './providers.dto.js';

@ApiTags('Providers')
@ApiBearerAuth()
@Controller('providers')
@Accepts('session', 'api_key')
export class ProvidersController {
  constructor(private readonly views: ProviderViewsService) {}

  /** The providers in use, without their secrets. */
  @Get()
  @ApiOkResponse({ type: ProviderListDto })
  list(): ProviderListDto {
    return { providers: this.views.list() };
  }

  /** Every model of every provider in use. */
  @Get('models')
  @ApiOkResponse({ type: ProviderModelListDto })
  models(): ProviderModelListDto {
    return { models: this.views.models() };
  }
}
