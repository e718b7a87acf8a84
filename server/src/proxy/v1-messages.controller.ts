import { Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { Accepts } from '../infrastructure/http/route-access.js';
import { CountTokensService } from './messages/count-tokens.service.js';
import { MESSAGES } from './operations.js';
import { ProxyService } from './proxy.service.js';
import { InputTokensDto } from './v1-messages.dto.js';

@ApiTags('Anthropic-compatible')
@ApiBearerAuth()
@Controller('v1/messages')
@Accepts('api_key')
export class V1MessagesController {
  constructor(
    private readonly proxy: ProxyService,
    private readonly tokens: CountTokensService,
  ) {}

  @Post()
  @ApiBody({ schema: { type: 'object', description: "A request of Anthropic's Messages API." } })
  @ApiOkResponse({ description: 'A message, or its events as server-sent events with `stream`.' })
  create(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.proxy.answer(MESSAGES, 'api', request, reply);
  }

  @Post('count_tokens')
  @HttpCode(200)
  @ApiBody({ schema: { type: 'object', description: 'As for a message, without `max_tokens`.' } })
  @ApiOkResponse({ type: InputTokensDto, description: "Lumen's estimate; nothing is charged." })
  async countTokens(@Req() request: FastifyRequest): Promise<InputTokensDto> {
    return { input_tokens: await this.tokens.count(request) };
  }
}
