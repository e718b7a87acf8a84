import { Controller, Get, Req } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type FastifyRequest } from 'fastify';
import { Public } from '../infrastructure/http/route-access.js';
import { BootstrapDto } from './me.dto.js';
import { MeService } from './me.service.js';

@ApiTags('Me')
@Controller('api/bootstrap')
export class BootstrapController {
  constructor(private readonly me: MeService) {}

  @Get()
  @Public()
  @ApiOkResponse({ type: BootstrapDto })
  bootstrap(@Req() request: FastifyRequest): Promise<BootstrapDto> {
    return this.me.bootstrap(request.headers.cookie);
  }
}
