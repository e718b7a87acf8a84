import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { AppError } from '../errors/app-error.js';
import { isOpenAiPath } from '../errors/error-envelope.js';
import { Public } from './route-access.js';
import { WebClientService } from './web-client.service.js';

/** Any other GET that accepts HTML is a page of the client; anything else is not there. */
@ApiExcludeController()
@Controller()
export class WebClientController {
  constructor(private readonly webClient: WebClientService) {}

  @Get(['/', '*'])
  @Public()
  page(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const acceptsHtml = request.headers.accept?.includes('text/html') ?? false;
    if (!acceptsHtml || isOpenAiPath(request.url) || request.url.startsWith('/api/')) {
      throw new AppError('not_found', `There is nothing at ${request.url.split('?')[0]}.`);
    }
    this.webClient.send(reply);
  }
}
