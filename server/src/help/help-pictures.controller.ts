import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { type FastifyReply } from 'fastify';
import { Accepts } from '../infrastructure/http/route-access.js';
import { HelpService } from './help.service.js';

@ApiExcludeController()
@Controller('api/help/pictures')
@Accepts('session')
export class HelpPicturesController {
  constructor(private readonly help: HelpService) {}

  /** Pictures of the documentation change with the version alone. */
  @Get(':name')
  async picture(@Param('name') name: string, @Res() reply: FastifyReply): Promise<void> {
    const bytes = await this.help.picture(name);
    void reply
      .header('content-type', 'image/webp')
      .header('cache-control', 'private, max-age=3600')
      .send(bytes);
  }
}
