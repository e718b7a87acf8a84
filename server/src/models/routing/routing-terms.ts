import { type ConfigurationService } from '../../config/configuration.service.js';
import { type ClockService } from '../../infrastructure/clock/clock.service.js';
import { type EjectionTerms } from './endpoint-health.js';
import { type EndpointSlot } from './endpoint-slot.js';

/** What holds for every model. Asked anew each time, so that a reload counts at once. */
export interface RoutingTerms {
  /** Of the monotonic clock. */
  nowMs(): number;
  readonly ejection: EjectionTerms;
  /** Most requests that wait for one model. */
  readonly maxQueue: number;
  readonly queueWaitMs: number;
  /** Told when an endpoint is left out, and when it works again. */
  changed(model: string, slot: EndpointSlot, change: 'ejected' | 'recovered'): void;
}

const SECOND = 1000;

export function liveTerms(
  configuration: ConfigurationService,
  clock: ClockService,
  changed: RoutingTerms['changed'],
): RoutingTerms {
  return {
    changed,
    nowMs: () => clock.monotonicMs(),
    get ejection() {
      const { failures, cooldownS, maxCooldownS } = configuration.current.upstream.ejection;
      return { failures, cooldownMs: cooldownS * SECOND, maxCooldownMs: maxCooldownS * SECOND };
    },
    get maxQueue() {
      return configuration.current.upstream.maxQueue;
    },
    get queueWaitMs() {
      return configuration.current.upstream.queueWaitS * SECOND;
    },
  };
}
