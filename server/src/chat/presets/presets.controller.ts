import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type Principal } from '../../infrastructure/http/principal.js';
import { Accepts, CurrentPrincipal } from '../../infrastructure/http/route-access.js';
import { UuidParam } from '../conversations/uuid-param.js';
import { PresetDto, PresetListDto, SavePresetDto } from './presets.dto.js';
import { PresetsService } from './presets.service.js';

@ApiTags('Conversations')
@Controller('chat/presets')
@Accepts('session')
export class PresetsController {
  constructor(private readonly presets: PresetsService) {}

  @Get()
  @ApiOkResponse({ type: PresetListDto })
  list(@CurrentPrincipal() { ownerId }: Principal): Promise<PresetListDto> {
    return this.presets.list(ownerId);
  }

  @Post()
  @ApiCreatedResponse({ type: PresetDto })
  create(
    @CurrentPrincipal() { ownerId }: Principal,
    @Body() body: SavePresetDto,
  ): Promise<PresetDto> {
    return this.presets.create(ownerId, body);
  }

  @Put(':id')
  @ApiOkResponse({ type: PresetDto })
  save(
    @CurrentPrincipal() { ownerId }: Principal,
    @Param('id', UuidParam) id: string,
    @Body() body: SavePresetDto,
  ): Promise<PresetDto> {
    return this.presets.save(ownerId, id, body);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiNoContentResponse()
  remove(
    @CurrentPrincipal() { ownerId }: Principal,
    @Param('id', UuidParam) id: string,
  ): Promise<void> {
    return this.presets.remove(ownerId, id);
  }
}
