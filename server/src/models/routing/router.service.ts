import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { type Subscription } from 'rxjs';
import { ConfigurationService } from '../../config/configuration.service.js';
import { ClockService } from '../../infrastructure/clock/clock.service.js';
import { type CatalogueEntry } from '../catalogue-entry.js';
import { type Catalogue } from '../catalogue.js';
import { CatalogueService } from '../catalogue.service.js';
import { type EndpointSlot } from './endpoint-slot.js';
import {
  type EndpointProbe,
  type EndpointState,
  type EndpointTurn,
  type RouteRequest,
} from './route.js';
import { RouteGroup } from './route-group.js';
import { stopping } from './routing.errors.js';
import { liveTerms, type RoutingTerms } from './routing-terms.js';

/**
 * Which endpoint of a model a request goes to, and who waits where all are busy. What is known of
 * endpoints is this replica's own, and stays over reloads for as long as they are configured.
 */
@Injectable()
export class RouterService implements OnModuleDestroy {
  private readonly logger = new Logger('Routing');
  private readonly terms: RoutingTerms;
  private readonly subscription: Subscription;
  private groups: ReadonlyMap<string, RouteGroup> = new Map();
  /** Requests that found their model before a reload still have the entry from before it. */
  private readonly groupsOfEntries = new WeakMap<CatalogueEntry, RouteGroup>();

  constructor(
    configuration: ConfigurationService,
    private readonly clock: ClockService,
    catalogue: CatalogueService,
  ) {
    this.terms = liveTerms(configuration, clock, (model, slot, change) =>
      this.tell(model, slot, change),
    );
    this.follow(catalogue.current);
    this.subscription = catalogue.changes$.subscribe((current) => this.follow(current));
  }

  /**
   * The endpoint whose turn it is. Synchronous wherever one is free; else a promise of the first that
   * becomes so, which rejects with CallerGoneError (an AppError) once the caller has left.
   * @throws AppError model_unavailable where there is none or all are ejected, overloaded where the
   * queue is full or the wait was too long; thrown or rejected
   */
  turn(entry: CatalogueEntry, request: RouteRequest): EndpointTurn | Promise<EndpointTurn> {
    return this.groupOf(entry).turn(request);
  }

  /** All endpoints of a model, in the order of the configuration. */
  states(entry: CatalogueEntry): readonly EndpointState[] {
    const group = this.groupOf(entry);
    return group.endpoints.map((slot) => this.stateOf(slot, group.waiting));
  }

  /** A health check of an endpoint has ended. */
  probed(entry: CatalogueEntry, endpointId: string, probe: EndpointProbe): void {
    this.groupOf(entry).probed(endpointId, probe);
  }

  onModuleDestroy(): void {
    this.subscription.unsubscribe();
    for (const group of this.groups.values()) group.close(stopping);
  }

  private stateOf(slot: EndpointSlot, waiting: number): EndpointState {
    const { endpoint, health, inFlight, lastProbe } = slot;
    const nowMs = this.terms.nowMs();
    const untilMs = health.ejectedUntilMs;
    return {
      endpoint,
      status: health.statusAt(nowMs),
      inFlight,
      waiting,
      consecutiveFailures: health.consecutiveFailures,
      ejectedUntil: untilMs === null ? null : new Date(this.clock.nowMs() + untilMs - nowMs),
      lastProbe,
    };
  }

  private groupOf(entry: CatalogueEntry): RouteGroup {
    const known = this.groupsOfEntries.get(entry);
    if (known) return known;
    const group = this.groups.get(entry.id) ?? new RouteGroup(entry, this.terms);
    this.groupsOfEntries.set(entry, group);
    return group;
  }

  private follow({ all, fallback }: Catalogue): void {
    const previous = this.groups;
    const current = new Map<string, RouteGroup>();
    const take = (key: string, entry: CatalogueEntry) => {
      const group = previous.get(key);
      group?.update(entry);
      const taken = group ?? new RouteGroup(entry, this.terms);
      current.set(key, taken);
      this.groupsOfEntries.set(entry, taken);
    };
    for (const entry of all) take(entry.id, entry);
    // The last resort may have the name of a model of the file, and is another one then.
    if (fallback && !all.includes(fallback)) take(`\0${fallback.id}`, fallback);
    this.groups = current;
    for (const [key, group] of previous) if (!current.has(key)) group.close();
  }

  private tell(model: string, { endpoint, health }: EndpointSlot, change: string): void {
    const name = `Endpoint ${endpoint.origin}${endpoint.basePath} of model "${model}"`;
    if (change === 'recovered') return this.logger.log(`${name} works again.`);
    const count = health.consecutiveFailures;
    const failures = count === 1 ? 'a failure' : `${count} failures in a row`;
    this.logger.warn(`${name} is left out after ${failures}.`);
  }
}
