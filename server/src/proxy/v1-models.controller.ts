import { Controller, Get, Param } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import { Accepts } from '../infrastructure/http/route-access.js';
import { CatalogueService } from '../models/index.js';
import { V1ModelDto, V1ModelListDto } from './v1-models.dto.js';

@ApiTags('OpenAI-compatible')
@ApiBearerAuth()
@Controller('v1/models')
@Accepts('api_key')
export class V1ModelsController {
  constructor(private readonly catalogue: CatalogueService) {}

  @Get()
  @ApiOkResponse({ type: V1ModelListDto })
  list(): V1ModelListDto {
    return { object: 'list', data: this.catalogue.current.list.map(V1ModelDto.from) };
  }

  @Get('*')
  @ApiParam({
    name: 'path',
    type: String,
    description: 'The id of the model; may contain slashes.',
  })
  @ApiOkResponse({ type: V1ModelDto })
  find(@Param('*') id: string): V1ModelDto {
    return V1ModelDto.from(this.catalogue.resolve(id));
  }
}
