import { type AppError } from '../../infrastructure/errors/app-error.js';
import { type CatalogueEntry, type ModelEndpoint } from '../catalogue-entry.js';
import { chooseSlot } from './choose-slot.js';
import { type HealthChange } from './endpoint-health.js';
import { EndpointSlot } from './endpoint-slot.js';
import { FairQueue } from './fair-queue.js';
import { GroupTurn, type TurnGiver } from './group-turn.js';
import {
  type EndpointProbe,
  type EndpointTurn,
  type RouteRequest,
  type TurnOutcome,
} from './route.js';
import { allEjected, noEndpoint, queueFull, waitedTooLong } from './routing.errors.js';
import { type RoutingTerms } from './routing-terms.js';
import { Waiter } from './waiter.js';

type Routed = Pick<CatalogueEntry, 'id' | 'endpoints' | 'routing'>;

/** The endpoints of one model, what goes on at each, and those who wait for one of them. */
export class RouteGroup implements TurnGiver {
  private slotsById = new Map<string, EndpointSlot>();
  private slots: readonly EndpointSlot[] = [];
  private readonly queue = new FairQueue<Waiter>();
  private timer: NodeJS.Timeout | undefined;
  private wakesAtMs = Infinity;
  /** What those are told who ask where there is no endpoint. */
  private refusalOf: (model: string) => AppError = noEndpoint;

  constructor(
    private entry: Routed,
    private readonly terms: RoutingTerms,
  ) {
    this.update(entry);
  }

  get endpoints(): readonly EndpointSlot[] {
    return this.slots;
  }

  get waiting(): number {
    return this.queue.size;
  }

  /** See RouterService.turn. */
  turn(request: RouteRequest): EndpointTurn | Promise<EndpointTurn> {
    const nowMs = this.terms.nowMs();
    this.serve(nowMs);
    const slot = chooseSlot(this.slots, this.entry.routing, request, nowMs);
    return slot ? new GroupTurn(this, slot, 0, 0) : this.wait(request, nowMs);
  }

  /** The model as it is now; endpoints that are still there keep what is known of them. */
  update(entry: Routed): void {
    const known = this.slotsById;
    this.entry = entry;
    this.slots = entry.endpoints.map((endpoint) => slotFor(endpoint, known));
    this.slotsById = new Map(this.slots.map((slot) => [slot.endpoint.id, slot]));
    this.serve(this.terms.nowMs());
  }

  /** Nobody gets a turn here any more, nor waits for one; unless said, because the model is gone. */
  close(refusalOf: (model: string) => AppError = noEndpoint): void {
    this.slots = [];
    this.slotsById = new Map();
    this.refusalOf = refusalOf;
    this.refuseAll(refusalOf(this.entry.id));
    clearTimeout(this.timer);
  }

  /** A health check has ended. */
  probed(endpointId: string, probe: EndpointProbe): void {
    const slot = this.slotsById.get(endpointId);
    if (!slot) return;
    slot.lastProbe = probe;
    const nowMs = this.terms.nowMs();
    this.follow(slot, slot.health.probed(probe.isOk, nowMs, this.terms), nowMs);
  }

  ended(slot: EndpointSlot, outcome: TurnOutcome, isTrial: boolean): void {
    const nowMs = this.terms.nowMs();
    this.follow(slot, slot.health.ended(outcome, isTrial, nowMs, this.terms), nowMs);
  }

  /** Refuses those who have waited too long, and gives out what has become free by time alone. */
  sweep(): void {
    const nowMs = this.terms.nowMs();
    let { oldest } = this.queue;
    while (oldest && oldest.deadlineMs <= nowMs) {
      oldest.refuse(waitedTooLong(this.entry.id, nowMs - oldest.sinceMs));
      ({ oldest } = this.queue);
    }
    this.serve(nowMs);
  }

  private follow(slot: EndpointSlot, change: HealthChange, nowMs: number): void {
    const isStillHere = this.slotsById.get(slot.endpoint.id) === slot;
    if (change && isStillHere) this.terms.changed(this.entry.id, slot, change);
    this.serve(nowMs);
  }

  private wait(request: RouteRequest, nowMs: number): Promise<EndpointTurn> {
    const { maxQueue, queueWaitMs } = this.terms;
    const refusal = this.refusal(nowMs);
    if (refusal) throw refusal;
    const waiting = this.queue.size;
    if (waiting >= maxQueue || queueWaitMs <= 0) throw queueFull(this.entry.id, waiting);
    const { turn } = new Waiter(this.queue, request, nowMs, nowMs + queueWaitMs);
    this.arm(nowMs);
    return turn;
  }

  /** Gives free endpoints to those who wait, as long as there are both. */
  private serve(nowMs: number): void {
    if (this.queue.size === 0) return;
    const refusal = this.refusal(nowMs);
    if (refusal) return this.refuseAll(refusal);
    const serveOne = (waiter: Waiter) => this.grant(waiter, nowMs);
    while (this.slots.some((slot) => slot.isFree(nowMs)) && this.queue.offer(serveOne));
    this.arm(nowMs);
  }

  private grant(waiter: Waiter, nowMs: number): boolean {
    const { request, position, sinceMs } = waiter;
    const slot = chooseSlot(this.slots, this.entry.routing, request, nowMs);
    if (slot) waiter.grant(new GroupTurn(this, slot, position, nowMs - sinceMs));
    return slot !== null;
  }

  /** Why it is in vain to wait; null: it is not. What comes of a trial is worth waiting for. */
  private refusal(nowMs: number): AppError | null {
    if (this.slots.length === 0) return this.refusalOf(this.entry.id);
    let soonestMs = Infinity;
    for (const { health } of this.slots) {
      if (health.isOnTrial || health.isUsable(nowMs)) return null;
      soonestMs = Math.min(soonestMs, health.ejectedUntilMs ?? nowMs);
    }
    return allEjected(this.entry.id, soonestMs - nowMs);
  }

  private refuseAll(error: AppError): void {
    for (let { oldest } = this.queue; oldest; { oldest } = this.queue) oldest.refuse(error);
  }

  /** One timer for all who wait: for the first to give up, or the next endpoint to be tried again. */
  private arm(nowMs: number): void {
    const { oldest } = this.queue;
    if (!oldest) return;
    let dueMs = oldest.deadlineMs;
    for (const { health } of this.slots) {
      const untilMs = health.ejectedUntilMs;
      if (untilMs !== null && untilMs > nowMs) dueMs = Math.min(dueMs, untilMs);
    }
    if (this.wakesAtMs <= dueMs) return;
    clearTimeout(this.timer);
    this.wakesAtMs = dueMs;
    this.timer = setTimeout(this.wake, Math.ceil(dueMs - nowMs)).unref();
  }

  private readonly wake = (): void => {
    this.wakesAtMs = Infinity;
    this.sweep();
  };
}

function slotFor(endpoint: ModelEndpoint, known: ReadonlyMap<string, EndpointSlot>): EndpointSlot {
  const slot = known.get(endpoint.id);
  if (!slot) return new EndpointSlot(endpoint);
  slot.endpoint = endpoint;
  return slot;
}
