import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { ClockService } from '../clock/clock.service.js';
import { type FinishedSpan } from './finished-span.js';
import { RequestTrace, type TraceHeaders } from './request-trace.js';
import { openSpanQueue, type SpanQueue } from './span-queue.js';

const SAY_EVERY_MS = 60_000;
/** What a collector has not taken by then is lost. */
const LONGEST_GOODBYE_MS = 4_000;

const LOSS = 'Traces could not be sent to the collector (telemetry.otlp_endpoint) and are lost';

export interface TraceSettings {
  /** Null: nothing is traced. */
  readonly otlpEndpoint: string | null;
  readonly serviceName: string;
  /** Of the traces that begin here, from 0 to 1. */
  readonly sampleRatio: number;
}

/**
 * Traces of requests, sent to a collector beside everything else: a collector that is slow, away or
 * broken costs spans and nothing more.
 */
@Injectable()
export class TracesService implements OnApplicationShutdown {
  private readonly logger = new Logger('Traces');
  private queue: SpanQueue | null = null;
  private sampleRatio = 0;
  private saidAtMs = -Infinity;

  constructor(private readonly clock: ClockService) {}

  /** Resolves when requests are traced, where there is a collector; never rejects. */
  async start({ otlpEndpoint: endpoint, serviceName, sampleRatio }: TraceSettings): Promise<void> {
    if (endpoint === null) return;
    this.sampleRatio = sampleRatio;
    try {
      const onFailure = (reason: string) => this.say(`${LOSS}: ${reason}.`);
      this.queue = await openSpanQueue({ endpoint, serviceName, onFailure });
    } catch (error) {
      this.say(`Requests are not traced: ${error instanceof Error ? error.message : 'unknown'}.`);
    }
  }

  /** Where a request with these headers stands; null: requests are not traced. */
  begin(headers: TraceHeaders): RequestTrace | null {
    return this.queue ? RequestTrace.begin(headers, this.sampleRatio) : null;
  }

  /** Takes a span to send soon; never waits. */
  add(span: FinishedSpan): void {
    this.queue?.add(span);
  }

  /** Sends what is left, as far as the collector takes it in time. */
  async onApplicationShutdown(): Promise<void> {
    const { queue } = this;
    this.queue = null;
    if (queue) await closeSoon(queue);
  }

  /** A collector that is away fails every few seconds; that is worth a line a minute. */
  private say(message: string): void {
    const nowMs = this.clock.monotonicMs();
    if (nowMs - this.saidAtMs < SAY_EVERY_MS) return;
    this.saidAtMs = nowMs;
    this.logger.warn(message);
  }
}

async function closeSoon(queue: SpanQueue): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, LONGEST_GOODBYE_MS);
  await Promise.race([queue.close(), promise]);
  clearTimeout(timer);
}
