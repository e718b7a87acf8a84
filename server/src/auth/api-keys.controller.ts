import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
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
import { ApiKeysService, type KeyOwner } from './api-keys.service.js';

@ApiTags('API keys')
@Controller('api/keys')
@Accepts('session')
export class ApiKeysController {
  constructor(private readonly apiKeys: ApiKeysService) {}

  @Get()
  @ApiOkResponse({ type: ApiKeyListDto })
  async list(@CurrentPrincipal() principal: Principal): Promise<ApiKeyListDto> {
    return { keys: (await this.apiKeys.listOf(ownerOf(principal))).map(ApiKeyDto.from) };
  }

  @Post()
  @ApiCreatedResponse({ type: CreatedApiKeyDto })
  async create(
    @CurrentPrincipal() principal: Principal,
    @Audit() audit: AuditContext,
    @Body() body: CreateApiKeyDto,
  ): Promise<CreatedApiKeyDto> {
    return CreatedApiKeyDto.of(await this.apiKeys.create(audit, ownerOf(principal), body));
  }

  /** Makes a key in place of another, which goes on working for a while. */
  @Post(':id/rotation')
  @ApiCreatedResponse({ type: CreatedApiKeyDto })
  async rotate(
    @CurrentPrincipal() principal: Principal,
    @Audit() audit: AuditContext,
    @Param('id') id: string,
    @Body() body: RotateApiKeyDto,
  ): Promise<CreatedApiKeyDto> {
    const rotation = { ...body, id };
    return CreatedApiKeyDto.of(await this.apiKeys.rotate(audit, ownerOf(principal), rotation));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiNoContentResponse()
  revoke(
    @CurrentPrincipal() principal: Principal,
    @Audit() audit: AuditContext,
    @Param('id') id: string,
  ): Promise<void> {
    return this.apiKeys.revoke(audit, ownerOf(principal), id);
  }
}

function ownerOf({ ownerKind, ownerId, email, name }: Principal): KeyOwner {
  return { kind: ownerKind, id: ownerId, name: email || name };
}
