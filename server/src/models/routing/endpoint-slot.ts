import { type ModelEndpoint } from '../catalogue-entry.js';
import { EndpointHealth } from './endpoint-health.js';
import { hashOf } from './rendezvous.js';
import { type EndpointProbe } from './route.js';

/** An endpoint of a model with what goes on at it. Outlives reloads for as long as it is configured. */
export class EndpointSlot {
  readonly health = new EndpointHealth();
  /** Of its id, so that it prefers the same requests after every start and at every replica. */
  readonly seed: number;
  inFlight = 0;
  /** How far its turn has come in the smooth weighted round. */
  credit = 0;
  lastProbe: EndpointProbe | null = null;

  constructor(public endpoint: ModelEndpoint) {
    this.seed = hashOf(endpoint.id);
  }

  isFree(nowMs: number): boolean {
    const { maxConcurrent } = this.endpoint;
    if (maxConcurrent !== null && this.inFlight >= maxConcurrent) return false;
    return this.health.isUsable(nowMs);
  }
}
