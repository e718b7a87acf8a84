import { Controller, Post, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { Accepts } from '../infrastructure/http/route-access.js';
import { CHAT_COMPLETIONS, COMPLETIONS, EMBEDDINGS, RERANK, SCORE } from './operations.js';
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

  @Post('completions')
  @ApiBody({ schema: { type: 'object', description: "OpenAI's text completion request." } })
  @ApiOkResponse({
    description: "OpenAI's text completion, or its chunks as server-sent events with `stream`.",
  })
  complete(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.proxy.answer(COMPLETIONS, 'api', request, reply);
  }

  @Post('embeddings')
  @ApiBody({ schema: { type: 'object', description: "OpenAI's embeddings request." } })
  @ApiOkResponse({ description: "OpenAI's list of embeddings." })
  embed(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.proxy.answer(EMBEDDINGS, 'api', request, reply);
  }

  @Post('rerank')
  @ApiBody({ schema: { type: 'object', description: 'A query and documents to rank by it.' } })
  @ApiOkResponse({ description: "The backend's ranking." })
  rerank(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.proxy.answer(RERANK, 'api', request, reply);
  }

  @Post('score')
  @ApiBody({ schema: { type: 'object', description: 'Texts to score against each other.' } })
  @ApiOkResponse({ description: "The backend's scores." })
  score(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.proxy.answer(SCORE, 'api', request, reply);
  }
}
