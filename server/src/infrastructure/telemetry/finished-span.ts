/** A span as it is written down when it is over. */
export interface FinishedSpan {
  readonly name: string;
  /** `server`: a request that came to Lumen; `client`: one that Lumen sent. */
  readonly kind: 'server' | 'client';
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | null;
  /** The parent is a span of another service. */
  readonly isParentRemote: boolean;
  /** Milliseconds since 1970, with fractions. */
  readonly startMs: number;
  readonly endMs: number;
  readonly attributes: Readonly<Record<string, string | number | boolean>>;
  /** Null: it went well, or nobody can tell. */
  readonly error: string | null;
}
