import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { ConfigurationService } from './config/configuration.service.js';
import { HealthChecksService } from './infrastructure/health/health-checks.service.js';
import { UpstreamClientService } from './proxy/index.js';

const SECOND = 1000;

/**
 * The order of stopping: say "not ready", take no new connections (main.ts), let open answers
 * finish within the grace time and cut the rest; then modules flush what they hold, and the
 * database closes last.
 */
@Injectable()
export class ShutdownService implements OnModuleDestroy {
  private readonly logger = new Logger('Shutdown');

  constructor(
    private readonly configuration: ConfigurationService,
    private readonly health: HealthChecksService,
    private readonly upstream: UpstreamClientService,
  ) {}

  async onModuleDestroy(): Promise<void> {
    this.health.startDraining();
    const { shutdownGraceS } = this.configuration.current.server;
    await this.upstream.drain(shutdownGraceS * SECOND);
    this.logger.log('no answer is under way any more');
  }
}
