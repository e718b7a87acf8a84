import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ConfigurationService } from '../config/configuration.service.js';
import { TracesService } from '../infrastructure/telemetry/traces.service.js';
import { FinishedRequestsService } from '../proxy/index.js';
import { spansOf } from './request-spans.js';

/** Writes the spans of each request when it is over, where `telemetry` names a collector. */
@Injectable()
export class RequestTracesService implements OnModuleInit {
  constructor(
    private readonly configuration: ConfigurationService,
    private readonly finished: FinishedRequestsService,
    private readonly traces: TracesService,
  ) {}

  async onModuleInit(): Promise<void> {
    const { telemetry } = this.configuration.current;
    if (telemetry.otlpEndpoint === null) return;
    this.finished.listen((request) => {
      if (!request.trace?.isSampled) return;
      for (const span of spansOf(request)) this.traces.add(span);
    });
    await this.traces.start(telemetry);
  }
}
