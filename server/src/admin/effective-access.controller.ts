import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Accepts, Roles } from '../infrastructure/http/route-access.js';
import { EffectiveAccessDto, EffectiveAccessQueryDto } from './effective-access.dto.js';
import { EffectiveAccessService } from './effective-access.service.js';

@ApiTags('Administration')
@Controller('api/admin')
@Accepts('session')
@Roles('admin', 'auditor')
export class EffectiveAccessController {
  constructor(private readonly effectiveAccess: EffectiveAccessService) {}

  /** What a person may use, in the chat, and why. */
  @Get('users/:id/effective-access')
  @ApiOkResponse({ type: EffectiveAccessDto })
  ofUser(
    @Param('id') ownerId: string,
    @Query() query: EffectiveAccessQueryDto,
  ): Promise<EffectiveAccessDto> {
    return this.effectiveAccess.list({ ownerKind: 'user', ownerId }, query);
  }

  /** What a client may use, through the API, and why. */
  @Get('clients/:id/effective-access')
  @ApiOkResponse({ type: EffectiveAccessDto })
  ofClient(
    @Param('id') ownerId: string,
    @Query() query: EffectiveAccessQueryDto,
  ): Promise<EffectiveAccessDto> {
    return this.effectiveAccess.list({ ownerKind: 'client', ownerId }, query);
  }
}
