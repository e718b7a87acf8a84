import { Controller, Get, Res } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { type FastifyReply } from 'fastify';
import { type Principal } from '../../infrastructure/http/principal.js';
import { Accepts, CurrentPrincipal } from '../../infrastructure/http/route-access.js';
import { ChatEventsService } from './chat-events.service.js';
import { ChatOptionsDto } from './chat-options.dto.js';
import { ChatOptionsService } from './chat-options.service.js';

@ApiTags('Chat')
@Controller('chat')
@Accepts('session')
export class ChatEventsController {
  constructor(
    private readonly events: ChatEventsService,
    private readonly options: ChatOptionsService,
  ) {}

  @Get('options')
  @ApiOkResponse({ type: ChatOptionsDto })
  describe(@CurrentPrincipal() { ownerId }: Principal): Promise<ChatOptionsDto> {
    return this.options.of(ownerId);
  }

  @Get('events')
  @ApiProduces('text/event-stream')
  @ApiOkResponse({
    description:
      'What changes for the caller, wherever: `conversation` (a ConversationSummaryDto), `conversation-removed` `{"id"}`, `folders`, `budget`.',
  })
  follow(@CurrentPrincipal() principal: Principal, @Res() reply: FastifyReply): Promise<void> {
    return this.events.follow(principal, reply);
  }
}
