import { type SpanContext } from '@opentelemetry/api';
import { type ReadableSpan, type SpanExporter } from '@opentelemetry/sdk-trace';
import { LUMEN_VERSION } from '../version.js';
import { type FinishedSpan } from './finished-span.js';

/** Spans that wait for the collector; what comes beyond is dropped. */
const MOST_WAITING = 8_192;
const MOST_IN_BATCH = 512;
const SEND_EVERY_MS = 1_000;
/** A collector that takes longer has failed, tries again included. */
const LONGEST_SEND_MS = 3_000;
/** Between the exporter's patience and that of the queue with the exporter. */
const SPARE_MS = 500;
const TRACES_PATH = '/v1/traces';
const SAMPLED = 1;
/** The exporter's word for it. */
const SUCCESS = 0;

export interface SpanQueueOptions {
  /** The collector's address, with or without `/v1/traces` at its end. */
  readonly endpoint: string;
  readonly serviceName: string;
  /** Called with each batch that could not be sent, which is lost. */
  readonly onFailure: (reason: string) => void;
}

/** Spans on their way to a collector; those that ask to be sent never wait for it. */
export interface SpanQueue {
  add(span: FinishedSpan): void;
  /** Sends what waits; never rejects. */
  close(): Promise<void>;
}

/** Loads OpenTelemetry, which costs memory and is not loaded before, and opens a way to a collector. */
export async function openSpanQueue(options: SpanQueueOptions): Promise<SpanQueue> {
  const [{ BatchSpanProcessor }, { OTLPTraceExporter }, { resourceFromAttributes }] =
    await Promise.all([
      import('@opentelemetry/sdk-trace'),
      import('@opentelemetry/exporter-trace-otlp-proto'),
      import('@opentelemetry/resources'),
    ]);
  const exporter = new OTLPTraceExporter({
    url: tracesUrl(options.endpoint),
    timeoutMillis: LONGEST_SEND_MS,
  });
  const resource = resourceFromAttributes({
    'service.name': options.serviceName,
    'service.version': LUMEN_VERSION,
  });
  const processor = new BatchSpanProcessor({
    exporter: forgiving(exporter, options.onFailure),
    maxQueueSize: MOST_WAITING,
    maxExportBatchSize: MOST_IN_BATCH,
    scheduledDelayMillis: SEND_EVERY_MS,
    exportTimeoutMillis: LONGEST_SEND_MS + SPARE_MS,
  });
  return {
    add: (span) => processor.onEnd(readable(span, resource)),
    close: () => processor.shutdown().catch(() => undefined),
  };
}

/** OTLP over HTTP has one address for traces, below the one that is usually configured. */
export function tracesUrl(endpoint: string): string {
  const url = new URL(endpoint);
  const path = url.pathname.replace(/\/+$/, '');
  url.pathname = path.endsWith(TRACES_PATH) ? path : `${path}${TRACES_PATH}`;
  return url.href;
}

/** The queue has nothing to do about a failure but to go on; whoever opened it hears of it. */
function forgiving(exporter: SpanExporter, onFailure: (reason: string) => void): SpanExporter {
  return {
    export(spans, done) {
      exporter.export(spans, ({ error, code }) => {
        if (Number(code) !== SUCCESS) onFailure(error?.message || 'the collector refused them');
        done({ code: SUCCESS });
      });
    },
    shutdown: () => exporter.shutdown(),
  };
}

const SCOPE = { name: 'lumen', version: LUMEN_VERSION };
const KINDS = { server: 1, client: 2 } as const;
const STATUS_UNSET = 0;
const STATUS_ERROR = 2;

/** Made by hand, since the spans of a request are known only when it is over. */
function readable(span: FinishedSpan, resource: ReadableSpan['resource']): ReadableSpan {
  const { traceId, spanId, parentSpanId, isParentRemote, startMs, endMs, error } = span;
  const context: SpanContext = { traceId, spanId, traceFlags: SAMPLED };
  const parent = { traceId, traceFlags: SAMPLED, isRemote: isParentRemote };
  return {
    name: span.name,
    kind: KINDS[span.kind],
    spanContext: () => context,
    ...(parentSpanId === null ? {} : { parentSpanContext: { ...parent, spanId: parentSpanId } }),
    startTime: hrTime(startMs),
    endTime: hrTime(endMs),
    duration: hrTime(endMs - startMs),
    status: error === null ? { code: STATUS_UNSET } : { code: STATUS_ERROR, message: error },
    attributes: { ...span.attributes },
    links: [],
    events: [],
    ended: true,
    resource,
    instrumentationScope: SCOPE,
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  };
}

function hrTime(ms: number): [number, number] {
  const seconds = Math.floor(ms / 1_000);
  return [seconds, Math.round((ms - seconds * 1_000) * 1e6)];
}
