import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { ConfigurationService } from '../config/configuration.service.js';
import { WorkerLinkService } from '../infrastructure/workers/worker-link.service.js';
import { DatabaseMetricsService } from './database-metrics.service.js';
import { EndpointMetricsService } from './endpoint-metrics.service.js';
import { familyText, type MetricFamily } from './metric-family.js';
import { pageOfWorkers } from './page-of-workers.js';
import { ProcessMetricsService } from './process-metrics.service.js';
import { RequestMetricsService } from './request-metrics.service.js';

/** All metrics as one page of Prometheus' text format. Measures nothing where it is not enabled. */
@Injectable()
export class MetricsPageService implements OnApplicationBootstrap {
  readonly contentType = Registry.PROMETHEUS_CONTENT_TYPE;
  /** What `prom-client` measures of Node. */
  private readonly registry = new Registry();
  private families: readonly MetricFamily[] = [];
  private writing: Promise<string> | null = null;

  constructor(
    private readonly configuration: ConfigurationService,
    private readonly requests: RequestMetricsService,
    private readonly endpoints: EndpointMetricsService,
    private readonly database: DatabaseMetricsService,
    private readonly processes: ProcessMetricsService,
    private readonly workers: WorkerLinkService,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.configuration.current.prometheus.enabled) return;
    this.families = [
      ...this.requests.start(),
      ...this.endpoints.families(),
      ...this.database.families(),
      ...this.processes.start(),
    ];
    this.measureNode();
    this.workers.offer(() => this.write());
  }

  /** Those who ask at the same time get the same page. Of several workers it has what each says. */
  page(): Promise<string> {
    this.writing ??= this.ofAll().finally(() => {
      this.writing = null;
    });
    return this.writing;
  }

  private async ofAll(): Promise<string> {
    const pages = await this.workers.askAll();
    return pages ? pageOfWorkers(pages) : this.write();
  }

  /** But for the lag of the event loop: ours is measured anew for each look, and always a number. */
  private measureNode(): void {
    collectDefaultMetrics({ register: this.registry });
    for (const { name } of this.registry.getMetricsAsArray()) {
      if (name.startsWith('nodejs_eventloop_lag_')) this.registry.removeSingleMetric(name);
    }
  }

  /** Metric by metric, so that requests have their turn between them. */
  private async write(): Promise<string> {
    const texts: string[] = [];
    for (const family of this.families) {
      texts.push(await familyText(family));
      await nextTurn();
    }
    texts.push(await this.registry.metrics());
    return texts.join('');
  }
}
