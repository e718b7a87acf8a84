import { endpointStanding } from './model-status.js';
import { type EndpointState } from './routing/route.js';

/** From nothing under way to no place left. */
export const MOST_LOAD = 4;

/**
 * How busy a model is at this replica, from 0 to MOST_LOAD; null where its endpoints have no limit
 * to compare with. Full is only what makes people wait.
 */
export function modelLoad(states: readonly EndpointState[]): number | null {
  if (states.some(({ waiting }) => waiting > 0)) return MOST_LOAD;
  const working = states.filter((state) => endpointStanding(state) !== 'down');
  const places = working.reduce<number | null>(
    (sum, { endpoint: { maxConcurrent } }) =>
      sum === null || maxConcurrent === null ? null : sum + maxConcurrent,
    0,
  );
  if (places === null || places === 0) return null;
  const taken = working.reduce((sum, { inFlight }) => sum + inFlight, 0);
  if (taken >= places) return MOST_LOAD;
  return taken === 0 ? 0 : Math.min(MOST_LOAD - 1, Math.ceil((taken / places) * MOST_LOAD));
}
