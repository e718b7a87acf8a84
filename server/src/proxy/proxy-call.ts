import { type Principal } from '../infrastructure/http/principal.js';
import { type RequestRecord, type RequestSource } from '../usage/index.js';
import { type Operation } from './operations.js';
import { type ResponseSink } from './answers/response-sink.js';

/** One request to a model, from whichever door it came. */
export interface ProxyCall {
  readonly principal: Principal;
  readonly source: RequestSource;
  readonly operation: Operation;
  readonly requestId: string;
  /** The parsed body, and its bytes as they came. */
  readonly body: unknown;
  readonly rawBody: Buffer | null;
  readonly sink: ResponseSink;
  /** The trace that the caller says the request belongs to (W3C); missing: none. */
  readonly traceparent?: string | undefined;
  readonly tracestate?: string | undefined;
  /** Takes what the request's log line says beside the usual; called once, at the end. */
  readonly annotate: (fields: Record<string, unknown>) => void;
  /** Takes what stands in the log about what the caller got; called once, at the end. Missing: nobody asks. */
  readonly concluded?: (record: Readonly<RequestRecord>) => void;
}
