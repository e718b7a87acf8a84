import { type ModelEndpoint } from '../catalogue-entry.js';

/** What a request says of itself when it asks for its turn at an endpoint. */
export interface RouteRequest {
  /** Who waits: turns are taken by callers, not by requests. The principal's ownerId. */
  readonly callerId: string;
  /** Requests with the same key prefer the same endpoint where the model is sticky; null: none. */
  readonly affinityKey: string | null;
  /** Ids of endpoints this request has tried in vain. They are taken again only if no other is left. */
  readonly tried: ReadonlySet<string>;
  /** Calls the listener when the caller has left, so that it waits no longer. */
  onGone(listener: () => void): void;
}

/**
 * How a turn ended: `failed` counts towards ejection, `served` clears the count, `neither` says
 * nothing about the endpoint's health, as when the caller left or the request itself was wrong.
 */
export type TurnOutcome = 'served' | 'failed' | 'neither';

/** The right to send one request to one endpoint. Must be released, whatever happens. */
export interface EndpointTurn {
  readonly endpoint: ModelEndpoint;
  /** Place in the queue when it began to wait; 0: it did not wait. */
  readonly queuePosition: number;
  readonly waitedMs: number;
  /**
   * The backend has begun to answer with success. Decides a trial at once, which otherwise keeps others
   * away until the end of a long answer. Needs not be called.
   */
  answered(): void;
  /** Gives the turn back; the first call counts. */
  release(outcome: TurnOutcome): void;
}

/** What a health check found. */
export interface EndpointProbe {
  readonly at: Date;
  readonly isOk: boolean;
  readonly latencyMs: number;
  /** For people; null: there is nothing to say. */
  readonly detail: string | null;
}

/** One endpoint as it stands at this replica. */
export interface EndpointState {
  readonly endpoint: ModelEndpoint;
  /** `trial`: its cool-down is over, and one request is let through or is under way to see. */
  readonly status: 'healthy' | 'ejected' | 'trial';
  readonly inFlight: number;
  /** Requests that wait for any endpoint of the model: the same number at each of them. */
  readonly waiting: number;
  readonly consecutiveFailures: number;
  /** Null where it is not left out. */
  readonly ejectedUntil: Date | null;
  readonly lastProbe: EndpointProbe | null;
}
