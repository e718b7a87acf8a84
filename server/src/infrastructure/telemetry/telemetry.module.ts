import { Global, Module } from '@nestjs/common';
import { TracesService } from './traces.service.js';

/** Traces, for every module that takes part in one. */
@Global()
@Module({ providers: [TracesService], exports: [TracesService] })
export class TelemetryModule {}
