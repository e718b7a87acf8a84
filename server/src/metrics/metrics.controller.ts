import { Controller, Get, Headers, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { type FastifyReply } from 'fastify';
import { ConfigurationService } from '../config/configuration.service.js';
import { Public } from '../infrastructure/http/route-access.js';
import { assertMayRead } from './metrics-access.js';
import { MetricsPageService } from './metrics-page.service.js';

/** What Prometheus reads. */
@ApiExcludeController()
@Controller('metrics')
@Public()
export class MetricsController {
  constructor(
    private readonly configuration: ConfigurationService,
    private readonly metrics: MetricsPageService,
  ) {}

  @Get()
  async page(
    @Headers('authorization') authorization: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    assertMayRead(authorization, this.configuration.current);
    const page = await this.metrics.page();
    await reply.header('cache-control', 'no-store').type(this.metrics.contentType).send(page);
  }
}
