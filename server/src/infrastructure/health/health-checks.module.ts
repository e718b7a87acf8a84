import { Global, Module } from '@nestjs/common';
import { HealthChecksService } from './health-checks.service.js';

@Global()
@Module({ providers: [HealthChecksService], exports: [HealthChecksService] })
export class HealthChecksModule {}
