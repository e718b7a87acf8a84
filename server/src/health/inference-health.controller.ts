import { Controller, Get, HttpStatus, Req, Res } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiOkResponse,
  ApiServiceUnavailableResponse,
  ApiTags,
} from '@nestjs/swagger';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { RecognisedCallerService } from '../auth/index.js';
import { Public } from '../infrastructure/http/route-access.js';
import { InferenceHealthDto } from './inference-health.dto.js';
import { InferenceHealthService } from './inference-health.service.js';

@ApiTags('Health')
@ApiBearerAuth()
@Controller('health/inference')
@Public()
export class InferenceHealthController {
  constructor(
    private readonly inference: InferenceHealthService,
    private readonly callers: RecognisedCallerService,
  ) {}

  /**
   * The models, after their endpoints were probed. Details are for administrators, engineers and the
   * monitoring token. 503 when no model works.
   */
  @Get()
  @ApiOkResponse({ type: InferenceHealthDto })
  @ApiServiceUnavailableResponse({ type: InferenceHealthDto })
  async models(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<InferenceHealthDto> {
    const [models, showsDetails] = await Promise.all([
      this.inference.models(),
      this.callers.mayMonitor(request, ['admin', 'engineer', 'superadmin']),
    ]);
    const report = InferenceHealthDto.of(models, showsDetails);
    reply.status(report.status === 'down' ? HttpStatus.SERVICE_UNAVAILABLE : HttpStatus.OK);
    reply.header('cache-control', 'no-store');
    return report;
  }
}
