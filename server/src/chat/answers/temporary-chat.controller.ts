import { Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { Accepts } from '../../infrastructure/http/route-access.js';
import { CatalogueService } from '../../models/index.js';
import { CHAT_COMPLETIONS, ProxyService } from '../../proxy/index.js';
import { outputLimit } from './output-limit.js';

/** Chat of which nothing is kept: the browser has the conversation, and the answer is only its. */
@ApiTags('Chat')
@Controller('chat/completions')
@Accepts('session')
export class TemporaryChatController {
  constructor(
    private readonly proxy: ProxyService,
    private readonly catalogue: CatalogueService,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiBody({ schema: { type: 'object', description: "OpenAI's chat completion request." } })
  @ApiOkResponse({ description: "OpenAI's chunks as server-sent events." })
  complete(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    this.nameLimit(request);
    return this.proxy.answer(CHAT_COMPLETIONS, 'chat', request, reply);
  }

  /** A page calls the limit `max_tokens`; it does not know what backends a model has. */
  private nameLimit(request: FastifyRequest): void {
    const { max_tokens: tokens, ...rest } = (request.body ?? {}) as Record<string, unknown>;
    if (typeof tokens !== 'number' || 'max_completion_tokens' in rest) return;
    const entry = typeof rest['model'] === 'string' && this.catalogue.find(rest['model']);
    if (!entry) return;
    const limit = outputLimit(entry, tokens);
    if ('max_tokens' in limit) return;
    const body = { ...rest, ...limit };
    request.body = body;
    request.rawBody = Buffer.from(JSON.stringify(body));
  }
}
