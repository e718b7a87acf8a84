import { type EndpointState } from './routing/route.js';

export const MODEL_STATUSES = ['ok', 'degraded', 'down'] as const;
/** All endpoints of a model work, some do, or none does. */
export type ModelStatus = (typeof MODEL_STATUSES)[number];

/** `trial`: it was left out, and what it is asked next decides whether it works again. */
export type EndpointStanding = 'up' | 'trial' | 'down';

/** What is to be expected of an endpoint; one that was never tried is expected to work. */
export function endpointStanding({ status, lastProbe }: EndpointState): EndpointStanding {
  if (status === 'ejected' || lastProbe?.isOk === false) return 'down';
  return status === 'trial' ? 'trial' : 'up';
}

/** What is to be expected of a model with these endpoints. */
export function modelStatus(states: readonly EndpointState[]): ModelStatus {
  const standings = states.map(endpointStanding);
  if (standings.every((standing) => standing === 'down')) return 'down';
  return standings.every((standing) => standing === 'up') ? 'ok' : 'degraded';
}
