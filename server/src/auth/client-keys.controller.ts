import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import { Audit, type AuditContext } from '../infrastructure/audit/audit-context.js';
import { type Principal } from '../infrastructure/http/principal.js';
import { Accepts, CurrentPrincipal } from '../infrastructure/http/route-access.js';
import {
  ApiKeyDto,
  ApiKeyListDto,
  CreateApiKeyDto,
  CreatedApiKeyDto,
  RotateApiKeyDto,
} from './api-keys.dto.js';
import { ClientKeysService } from './client-keys.service.js';

/** Keys of clients, for their managers. */
@ApiTags('API keys')
@Controller('api/clients/:clientId/keys')
@Accepts('session')
export class ClientKeysController {
  constructor(private readonly keys: ClientKeysService) {}

  @Get()
  @ApiOkResponse({ type: ApiKeyListDto })
  async list(
    @CurrentPrincipal() principal: Principal,
    @Audit() audit: AuditContext,
    @Param('clientId') clientId: string,
  ): Promise<ApiKeyListDto> {
    return { keys: (await this.keys.list({ principal, audit, clientId })).map(ApiKeyDto.from) };
  }

  @Post()
  @ApiCreatedResponse({ type: CreatedApiKeyDto })
  async create(
    @CurrentPrincipal() principal: Principal,
    @Audit() audit: AuditContext,
    @Param('clientId') clientId: string,
    @Body() body: CreateApiKeyDto,
  ): Promise<CreatedApiKeyDto> {
    return CreatedApiKeyDto.of(await this.keys.create({ principal, audit, clientId }, body));
  }

  @Post(':id/rotation')
  @ApiParam({ name: 'clientId', type: String })
  @ApiParam({ name: 'id', type: String })
  @ApiCreatedResponse({ type: CreatedApiKeyDto })
  async rotate(
    @CurrentPrincipal() principal: Principal,
    @Audit() audit: AuditContext,
    @Param() { clientId, id }: Record<'clientId' | 'id', string>,
    @Body() body: RotateApiKeyDto,
  ): Promise<CreatedApiKeyDto> {
    const rotation = { ...body, id };
    return CreatedApiKeyDto.of(await this.keys.rotate({ principal, audit, clientId }, rotation));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiNoContentResponse()
  revoke(
    @CurrentPrincipal() principal: Principal,
    @Audit() audit: AuditContext,
    @Param('clientId') clientId: string,
    @Param('id') id: string,
  ): Promise<void> {
    return this.keys.revoke({ principal, audit, clientId }, id);
  }
}
