import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { HealthChecksService } from '../infrastructure/health/health-checks.service.js';
import { LUMEN_VERSION } from '../infrastructure/version.js';
import { type HealthDto } from './health.dto.js';

const CHECK_TIMEOUT_MS = 3_000;

/** Is this process able to serve, and if not, what is missing. */
@Injectable()
export class HealthService {
  constructor(
    private readonly checks: HealthChecksService,
    @InjectDataSource() dataSource: DataSource,
  ) {
    checks.register('database', async () => {
      await dataSource.query('SELECT 1');
      return { ok: true, detail: dataSource.options.type === 'postgres' ? 'postgresql' : 'sqlite' };
    });
  }

  async report(): Promise<HealthDto> {
    const checks = await this.checks.run(CHECK_TIMEOUT_MS);
    const isOk = Object.values(checks).every((check) => check.ok);
    return {
      status: this.checks.isDraining ? 'draining' : isOk ? 'ok' : 'down',
      version: LUMEN_VERSION,
      uptimeS: Math.round(process.uptime()),
      checks,
    };
  }
}
