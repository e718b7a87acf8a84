import { Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { Accepts } from '../../infrastructure/http/route-access.js';
import { CHAT_COMPLETIONS, ProxyService } from '../../proxy/index.js';

/** Chat of which nothing is kept: the browser has the conversation, and the answer is only its. */
@ApiTags('Chat')
@Controller('chat/completions')
@Accepts('session')
export class TemporaryChatController {
  constructor(private readonly proxy: ProxyService) {}

  @Post()
  @HttpCode(200)
  @ApiBody({ schema: { type: 'object', description: "OpenAI's chat completion request." } })
  @ApiOkResponse({ description: "OpenAI's chunks as server-sent events." })
  complete(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.proxy.answer(CHAT_COMPLETIONS, 'chat', request, reply);
  }
}
