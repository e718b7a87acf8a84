import { Controller, Get, Req } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type FastifyRequest } from 'fastify';
import { type Principal } from '../infrastructure/http/principal.js';
import { Accepts, CurrentPrincipal, Public } from '../infrastructure/http/route-access.js';
import { BootstrapDto, MeDto } from './me.dto.js';
import { MeService } from './me.service.js';

@ApiTags('Me')
@Controller('api')
export class MeController {
  constructor(private readonly me: MeService) {}

  @Get('bootstrap')
  @Public()
  @ApiOkResponse({ type: BootstrapDto })
  bootstrap(@Req() request: FastifyRequest): Promise<BootstrapDto> {
    return this.me.bootstrap(request.headers.cookie);
  }

  @Get('me')
  @Accepts('session', 'api_key')
  @ApiOkResponse({ type: MeDto })
  describe(@CurrentPrincipal() principal: Principal): MeDto {
    return this.me.describe(principal);
  }
}
