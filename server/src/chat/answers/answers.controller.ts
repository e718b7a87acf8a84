import { Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { type Principal } from '../../infrastructure/http/principal.js';
import { Accepts, CurrentPrincipal } from '../../infrastructure/http/route-access.js';
import { UuidParam } from '../conversations/uuid-param.js';
import { MessageDto } from '../messages/messages.dto.js';
import { AnswersService } from './answers.service.js';

/** Answers as they are written, whoever asked for them in whichever tab. */
@ApiTags('Conversations')
@Controller('chat/answers/:id')
@Accepts('session')
export class AnswersController {
  constructor(private readonly answers: AnswersService) {}

  @Get('events')
  @ApiProduces('text/event-stream')
  @ApiHeader({ name: 'last-event-id', required: false, description: 'Goes on after that event.' })
  @ApiOkResponse({
    description:
      '`piece` events `{"content","reasoning"}` to be appended, then one `end` event, a MessageDto.',
  })
  follow(
    @CurrentPrincipal() principal: Principal,
    @Param('id', UuidParam) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.answers.follow(principal, id, { request, reply });
  }

  /** What has come stays. */
  @Post('stop')
  @HttpCode(200)
  @ApiOkResponse({ type: MessageDto })
  stop(
    @CurrentPrincipal() { ownerId }: Principal,
    @Param('id', UuidParam) id: string,
  ): Promise<MessageDto> {
    return this.answers.stop(ownerId, id);
  }
}
