import { Controller, Delete, Get, Param, Post, Req, Res } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiTags,
} from '@nestjs/swagger';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { AppError } from '../infrastructure/errors/app-error.js';
import { Accepts } from '../infrastructure/http/route-access.js';
import { RESPONSES } from './operations.js';
import { ProxyService } from './proxy.service.js';

@ApiTags('OpenAI-compatible')
@ApiBearerAuth()
@Controller('v1/responses')
@Accepts('api_key')
export class V1ResponsesController {
  constructor(private readonly proxy: ProxyService) {}

  @Post()
  @ApiBody({ schema: { type: 'object', description: "OpenAI's request for a response." } })
  @ApiOkResponse({
    description: "OpenAI's response, or its events as server-sent events with `stream`.",
  })
  respond(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.proxy.answer(RESPONSES, 'api', request, reply);
  }

  @Get(':id')
  @ApiNotFoundResponse({ description: 'Always: Lumen keeps no responses.' })
  find(@Param('id') id: string): never {
    throw notKept(id);
  }

  @Delete(':id')
  @ApiNotFoundResponse({ description: 'Always: Lumen keeps no responses.' })
  delete(@Param('id') id: string): never {
    throw notKept(id);
  }
}

function notKept(id: string): AppError {
  const message = `There is no response "${id.slice(0, 100)}": Lumen keeps none. Use the answer of the request that made it.`;
  return new AppError('not_found', message, { param: 'id' });
}
