import { randomBytes } from 'node:crypto';

const TRACEPARENT = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;
const NO_TRACE = '0'.repeat(32);
const NO_SPAN = '0'.repeat(16);
const SAMPLED = 1;
const MOST_TRACESTATE = 512;

/** What a caller's `traceparent` says (W3C Trace Context). */
export interface ParentSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly isSampled: boolean;
}

/** The headers of a request that belongs to a trace. */
export interface TraceHeaders {
  readonly traceparent?: string | undefined;
  readonly tracestate?: string | undefined;
}

/** Null for what is missing or not as W3C writes it: the trace begins here then. */
export function readTraceparent(header: string | undefined): ParentSpan | null {
  const [, version, traceId, spanId, flags, rest] = TRACEPARENT.exec(header ?? '') ?? [];
  if (version === undefined || version === 'ff' || (version === '00' && rest)) return null;
  if (traceId === NO_TRACE || spanId === NO_SPAN) return null;
  const isSampled = (Number.parseInt(flags!, 16) & SAMPLED) === SAMPLED;
  return { traceId: traceId!, spanId: spanId!, isSampled };
}

/**
 * Where one request stands in a trace: its own span, and one for each call to a backend. Spans are
 * written when the request is over; until then there are only their ids.
 */
export class RequestTrace {
  readonly spanId = newSpanId();
  readonly traceId: string;
  readonly parentSpanId: string | null;
  /** Whether its spans are written; whoever began the trace has decided. */
  readonly isSampled: boolean;

  private constructor(
    parent: ParentSpan | null,
    /** Handed on as it came. */
    readonly state: string | null,
    sampleRatio: number,
  ) {
    this.traceId = parent?.traceId ?? randomBytes(16).toString('hex');
    this.parentSpanId = parent?.spanId ?? null;
    this.isSampled = parent?.isSampled ?? Math.random() < sampleRatio;
  }

  /** `sampleRatio` counts where the caller began no trace. */
  static begin(headers: TraceHeaders, sampleRatio: number): RequestTrace {
    const parent = readTraceparent(headers.traceparent);
    const { tracestate = '' } = headers;
    const isKept = parent !== null && tracestate !== '' && tracestate.length <= MOST_TRACESTATE;
    return new RequestTrace(parent, isKept ? tracestate : null, sampleRatio);
  }

  /** What a backend is told that is called by the span `spanId`. */
  headersFor(spanId: string): Record<string, string> {
    const flags = this.isSampled ? '01' : '00';
    const traceparent = `00-${this.traceId}-${spanId}-${flags}`;
    return this.state === null ? { traceparent } : { traceparent, tracestate: this.state };
  }
}

export function newSpanId(): string {
  return randomBytes(8).toString('hex');
}
