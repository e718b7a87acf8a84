import { Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { type Principal } from '../infrastructure/http/principal.js';
import { Accepts, CurrentPrincipal } from '../infrastructure/http/route-access.js';
import { CHAT_COMPLETIONS, ProxyService } from '../proxy/index.js';
import { ChatModelListDto } from './chat.dto.js';
import { ChatModelsService } from './chat-models.service.js';

@ApiTags('Chat')
@Controller('chat')
@Accepts('session')
export class ChatController {
  constructor(
    private readonly models: ChatModelsService,
    private readonly proxy: ProxyService,
  ) {}

  @Get('models')
  @ApiOkResponse({ type: ChatModelListDto })
  listModels(@CurrentPrincipal() principal: Principal): Promise<ChatModelListDto> {
    return this.models.list(principal);
  }

  @Post('completions')
  @HttpCode(200)
  @ApiBody({ schema: { type: 'object', description: "OpenAI's chat completion request." } })
  @ApiOkResponse({ description: "OpenAI's chunks as server-sent events." })
  complete(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.proxy.answer(CHAT_COMPLETIONS, 'chat', request, reply);
  }
}
