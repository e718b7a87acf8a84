import { Injectable, Logger } from '@nestjs/common';
import { type RequestTrace } from '../../infrastructure/telemetry/request-trace.js';
import { type ModelEndpoint } from '../../models/index.js';
import { type FailedAttempt, type RequestRecord } from '../../usage/index.js';

/** One call to a backend. */
export interface BackendCall {
  readonly endpoint: ModelEndpoint;
  /** Milliseconds since the request began. */
  readonly afterMs: number;
  /** Of these, waiting for the endpoint to be free. */
  readonly waitedMs: number;
  /** Of the request's trace. */
  readonly spanId: string;
}

/** A request to one model that is over: answered, settled and recorded. */
export interface FinishedRequest {
  readonly record: Readonly<RequestRecord>;
  /** What came of it is what the caller got; else another model was asked instead. */
  readonly isAnswer: boolean;
  /** Another model was asked before, in vain. */
  readonly isStandIn: boolean;
  /** As the caller wrote it; empty: the caller left the choice to Lumen. */
  readonly requestedModel: string;
  /** In their order; the last one is what counts. Empty: no backend was asked. */
  readonly calls: readonly BackendCall[];
  /** What came of the calls that failed before anything went to the caller; the first ones. */
  readonly failures: readonly FailedAttempt[];
  /** Milliseconds between the end of the backend's part and the end of Lumen's. */
  readonly closingMs: number;
  /** Null: it is not traced. */
  readonly trace: RequestTrace | null;
}

export type FinishedRequestListener = (request: FinishedRequest) => void;

/**
 * Tells those who measure about each request that is over. Until somebody listens nothing is noted
 * for it. Listeners are called when the caller has the answer, and must be quick all the same.
 */
@Injectable()
export class FinishedRequestsService {
  private readonly logger = new Logger(FinishedRequestsService.name);
  private readonly listeners: FinishedRequestListener[] = [];

  get isHeard(): boolean {
    return this.listeners.length > 0;
  }

  listen(listener: FinishedRequestListener): void {
    this.listeners.push(listener);
  }

  /** Never throws: that a request cannot be measured must not be its failure. */
  tell(request: FinishedRequest): void {
    for (const listener of this.listeners) {
      try {
        listener(request);
      } catch (error) {
        this.logger.error(`A request could not be measured: ${String(error)}`);
      }
    }
  }
}
