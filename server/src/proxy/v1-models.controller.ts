import { Controller, Get, Param, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import { type FastifyRequest } from 'fastify';
import { Accepts, principalOf } from '../infrastructure/http/route-access.js';
import { V1ModelDto, V1ModelListDto } from './v1-models.dto.js';
import { V1ModelsService } from './v1-models.service.js';

@ApiTags('OpenAI-compatible')
@ApiBearerAuth()
@Controller('v1/models')
@Accepts('api_key', 'monitoring')
export class V1ModelsController {
  constructor(private readonly models: V1ModelsService) {}

  @Get()
  @ApiOkResponse({ type: V1ModelListDto })
  async list(@Req() request: FastifyRequest): Promise<V1ModelListDto> {
    const models = await this.models.list(principalOf(request));
    return { object: 'list', data: models.map(V1ModelDto.from) };
  }

  @Get('*')
  @ApiParam({
    name: 'path',
    type: String,
    description: 'The id of the model; may contain slashes.',
  })
  @ApiOkResponse({ type: V1ModelDto })
  async find(@Req() request: FastifyRequest, @Param('*') id: string): Promise<V1ModelDto> {
    const caller = { principal: principalOf(request), requestId: request.id };
    return V1ModelDto.from(await this.models.find(caller, id));
  }
}
