import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Accepts, Roles } from '../../infrastructure/http/route-access.js';
import { ResolutionDto, ResolutionQueryDto } from './resolution.dto.js';
import { ResolutionService } from './resolution.service.js';

@ApiTags('Administration: models')
@ApiBearerAuth()
@Controller('api/admin/resolution')
@Accepts('session', 'api_key')
@Roles('engineer', 'superadmin')
export class ResolutionController {
  constructor(private readonly resolution: ResolutionService) {}

  /** Which model a request would be answered by, step by step, and whether its caller may. */
  @Get()
  @ApiOkResponse({ type: ResolutionDto })
  explain(@Query() query: ResolutionQueryDto): Promise<ResolutionDto> {
    return this.resolution.explain(query);
  }
}
