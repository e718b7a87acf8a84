import { Controller, Post, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { Accepts } from '../infrastructure/http/route-access.js';
import { CHAT_COMPLETIONS } from './operations.js';
import { ProxyService } from './proxy.service.js';

@ApiTags('OpenAI-compatible')
@ApiBearerAuth()
@Controller('v1')
@Accepts('api_key')
export class V1CompletionsController {
  constructor(private readonly proxy: ProxyService) {}

  @Post('chat/completions')
  @ApiBody({ schema: { type: 'object', description: "OpenAI's chat completion request." } })
  @ApiOkResponse({
    description: "OpenAI's chat completion, or its chunks as server-sent events with `stream`.",
  })
  chat(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.proxy.answer(CHAT_COMPLETIONS, 'api', request, reply);
  }
}
