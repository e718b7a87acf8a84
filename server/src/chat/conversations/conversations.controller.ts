import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type Principal } from '../../infrastructure/http/principal.js';
import { Accepts, CurrentPrincipal } from '../../infrastructure/http/route-access.js';
import {
  ConversationDto,
  ConversationPageDto,
  ForkConversationDto,
  ListConversationsDto,
  OpenConversationDto,
  UpdateConversationDto,
} from './conversations.dto.js';
import { ConversationsService } from './conversations.service.js';
import { UuidParam } from './uuid-param.js';

@ApiTags('Conversations')
@Controller('chat/conversations')
@Accepts('session')
export class ConversationsController {
  constructor(private readonly conversations: ConversationsService) {}

  /** Newest first. */
  @Get()
  @ApiOkResponse({ type: ConversationPageDto })
  list(
    @CurrentPrincipal() { ownerId }: Principal,
    @Query() query: ListConversationsDto,
  ): Promise<ConversationPageDto> {
    return this.conversations.list(ownerId, query);
  }

  @Get(':id')
  @ApiOkResponse({ type: OpenConversationDto })
  open(
    @CurrentPrincipal() { ownerId }: Principal,
    @Param('id', UuidParam) id: string,
  ): Promise<OpenConversationDto> {
    return this.conversations.open(ownerId, id);
  }

  @Patch(':id')
  @ApiOkResponse({ type: ConversationDto })
  update(
    @CurrentPrincipal() { ownerId }: Principal,
    @Param('id', UuidParam) id: string,
    @Body() body: UpdateConversationDto,
  ): Promise<ConversationDto> {
    return this.conversations.update(ownerId, id, body);
  }

  /** It can be brought back for a minute; for ever where `chat.remove` is `hide`. */
  @Delete(':id')
  @HttpCode(204)
  @ApiNoContentResponse()
  remove(
    @CurrentPrincipal() { ownerId }: Principal,
    @Param('id', UuidParam) id: string,
  ): Promise<void> {
    return this.conversations.remove(ownerId, id);
  }

  @Post(':id/restoration')
  @HttpCode(200)
  @ApiOkResponse({ type: ConversationDto })
  restore(
    @CurrentPrincipal() { ownerId }: Principal,
    @Param('id', UuidParam) id: string,
  ): Promise<ConversationDto> {
    return this.conversations.restore(ownerId, id);
  }

  /** A new conversation with the messages up to one of this. */
  @Post(':id/fork')
  @ApiCreatedResponse({ type: ConversationDto })
  fork(
    @CurrentPrincipal() { ownerId }: Principal,
    @Param('id', UuidParam) id: string,
    @Body() body: ForkConversationDto,
  ): Promise<ConversationDto> {
    return this.conversations.fork(ownerId, id, body.messageId);
  }
}
