import { Module } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { ClockModule } from './clock/clock.module.js';
import { HealthChecksModule } from './health/health-checks.module.js';

/** The ground that every module stands on, beside the database and the HTTP server. */
@Module({ imports: [ClockModule, HealthChecksModule, ScheduleModule.forRoot()] })
export class InfrastructureModule {}
