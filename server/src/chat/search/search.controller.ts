import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type Principal } from '../../infrastructure/http/principal.js';
import { Accepts, CurrentPrincipal } from '../../infrastructure/http/route-access.js';
import { SearchChatsDto, SearchResultDto } from './search.dto.js';
import { SearchService } from './search.service.js';

@ApiTags('Conversations')
@Controller('chat/search')
@Accepts('session')
export class SearchController {
  constructor(private readonly chats: SearchService) {}

  @Get()
  @ApiOkResponse({ type: SearchResultDto })
  search(
    @CurrentPrincipal() { ownerId }: Principal,
    @Query() query: SearchChatsDto,
  ): Promise<SearchResultDto> {
    return this.chats.search(ownerId, query);
  }
}
