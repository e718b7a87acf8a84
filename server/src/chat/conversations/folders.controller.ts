import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type Principal } from '../../infrastructure/http/principal.js';
import { Accepts, CurrentPrincipal } from '../../infrastructure/http/route-access.js';
import { FolderDto, FolderListDto, NameFolderDto } from './folders.dto.js';
import { FoldersService } from './folders.service.js';
import { UuidParam } from './uuid-param.js';

@ApiTags('Conversations')
@Controller('chat/folders')
@Accepts('session')
export class FoldersController {
  constructor(private readonly folders: FoldersService) {}

  @Get()
  @ApiOkResponse({ type: FolderListDto })
  list(@CurrentPrincipal() { ownerId }: Principal): Promise<FolderListDto> {
    return this.folders.list(ownerId);
  }

  @Post()
  @ApiCreatedResponse({ type: FolderDto })
  create(
    @CurrentPrincipal() { ownerId }: Principal,
    @Body() body: NameFolderDto,
  ): Promise<FolderDto> {
    return this.folders.create(ownerId, body.name);
  }

  @Patch(':id')
  @ApiOkResponse({ type: FolderDto })
  rename(
    @CurrentPrincipal() { ownerId }: Principal,
    @Param('id', UuidParam) id: string,
    @Body() body: NameFolderDto,
  ): Promise<FolderDto> {
    return this.folders.rename(ownerId, id, body.name);
  }

  /** The conversations in it stay, in no folder. */
  @Delete(':id')
  @HttpCode(204)
  @ApiNoContentResponse()
  remove(
    @CurrentPrincipal() { ownerId }: Principal,
    @Param('id', UuidParam) id: string,
  ): Promise<void> {
    return this.folders.remove(ownerId, id);
  }
}
