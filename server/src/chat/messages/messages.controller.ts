import { Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type Principal } from '../../infrastructure/http/principal.js';
import { Accepts, CurrentPrincipal } from '../../infrastructure/http/route-access.js';
import { UuidParam } from '../conversations/uuid-param.js';
import { DeletedMessageDto, ListMessagesDto, MessagePageDto } from './messages.dto.js';
import { MessagesService } from './messages.service.js';

@ApiTags('Conversations')
@Controller('chat/conversations/:id/messages')
@Accepts('session')
export class MessagesController {
  constructor(private readonly messages: MessagesService) {}

  /** Of the branch that is shown. */
  @Get()
  @ApiOkResponse({ type: MessagePageDto })
  list(
    @CurrentPrincipal() { ownerId }: Principal,
    @Param('id', UuidParam) id: string,
    @Query() query: ListMessagesDto,
  ): Promise<MessagePageDto> {
    return this.messages.page(ownerId, id, query);
  }

  /** With everything that follows it. It can be brought back as a conversation can. */
  @Delete(':messageId')
  @ApiOkResponse({ type: DeletedMessageDto })
  remove(
    @CurrentPrincipal() { ownerId }: Principal,
    @Param('id', UuidParam) id: string,
    @Param('messageId', UuidParam) messageId: string,
  ): Promise<DeletedMessageDto> {
    return this.messages.remove(ownerId, id, messageId);
  }

  /** With everything that was deleted with it; shows its branch. */
  @Post(':messageId/restoration')
  @HttpCode(200)
  @ApiOkResponse({ type: DeletedMessageDto })
  restore(
    @CurrentPrincipal() { ownerId }: Principal,
    @Param('id', UuidParam) id: string,
    @Param('messageId', UuidParam) messageId: string,
  ): Promise<DeletedMessageDto> {
    return this.messages.restore(ownerId, id, messageId);
  }
}
