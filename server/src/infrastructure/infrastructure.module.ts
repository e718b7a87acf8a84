import { Module } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { AuditModule } from './audit/audit.module.js';
import { ChangesModule } from './changes/changes.module.js';
import { ClockModule } from './clock/clock.module.js';
import { HealthChecksModule } from './health/health-checks.module.js';
import { LeasesModule } from './leases/leases.module.js';
import { TelemetryModule } from './telemetry/telemetry.module.js';
import { WorkersModule } from './workers/workers.module.js';

/** The ground that every module stands on, beside the database and the HTTP server. */
@Module({
  imports: [
    AuditModule,
    ChangesModule,
    ClockModule,
    HealthChecksModule,
    LeasesModule,
    ScheduleModule.forRoot(),
    TelemetryModule,
    WorkersModule,
  ],
})
export class InfrastructureModule {}
