import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { LUMEN_VERSION } from '../infrastructure/version.js';
import { gauge, type MetricFamily, type Sample } from './metric-family.js';

/** The event loop is looked at this often; what it takes longer is its lag. */
const RESOLUTION_MS = 10;
const NANO = 1e9;

type Delays = ReturnType<typeof monitorEventLoopDelay>;
const RESOLUTION_NS = RESOLUTION_MS * 1e6;

/** The process itself. */
@Injectable()
export class ProcessMetricsService implements OnModuleDestroy {
  private delays: Delays | null = null;

  /** Watches the event loop from now on. */
  start(): readonly MetricFamily[] {
    const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
    delays.enable();
    this.delays = delays;
    return [
      gauge(
        'lumen_event_loop_lag_seconds',
        'How late the event loop was since the page was last read: median, 99 %, most.',
        () => lagOf(delays),
      ),
      gauge('lumen_build_info', 'Always 1; the labels say what runs.', () => [
        { labels: { version: LUMEN_VERSION, node_version: process.version }, value: 1 },
      ]),
    ];
  }

  onModuleDestroy(): void {
    this.delays?.disable();
  }
}

function lagOf(delays: Delays): Sample[] {
  const isEmpty = delays.count === 0;
  const stats = [
    ['p50', delays.percentile(50)],
    ['p99', delays.percentile(99)],
    ['max', delays.max],
  ] as const;
  delays.reset();
  return stats.map(([stat, delayNs]) => ({
    labels: { stat },
    value: isEmpty ? 0 : Math.max(0, delayNs - RESOLUTION_NS) / NANO,
  }));
}
