import { type ModelRouting } from '../catalogue-entry.js';
import { type EndpointSlot } from './endpoint-slot.js';
import { hashOf, preference } from './rendezvous.js';
import { type RouteRequest } from './route.js';

type Rules = Pick<ModelRouting, 'strategy' | 'isSticky'>;
type Slots = readonly EndpointSlot[];
type Tried = ReadonlySet<string>;

const NONE: Tried = new Set();

/**
 * The endpoint for a request among those that are free; null: it has to wait, or none works. Those it
 * tried in vain come into question only where no other works.
 */
export function chooseSlot(
  slots: Slots,
  rules: Rules,
  request: Pick<RouteRequest, 'affinityKey' | 'tried'>,
  nowMs: number,
): EndpointSlot | null {
  const avoided = avoidedBy(slots, request.tried, nowMs);
  if (rules.isSticky && request.affinityKey !== null) {
    return preferred(slots, request.affinityKey, avoided, nowMs);
  }
  const least = rules.strategy === 'least_busy' ? leastLoad(slots, avoided, nowMs) : Infinity;
  return nextInTurn(slots, avoided, nowMs, least);
}

function avoidedBy(slots: Slots, tried: Tried, nowMs: number): Tried {
  if (tried.size === 0) return NONE;
  const isOtherLeft = slots.some(
    ({ endpoint, health }) => !tried.has(endpoint.id) && health.isUsable(nowMs),
  );
  return isOtherLeft ? tried : NONE;
}

function isOpen(slot: EndpointSlot, avoided: Tried, nowMs: number): boolean {
  return slot.isFree(nowMs) && !(avoided.size > 0 && avoided.has(slot.endpoint.id));
}

function preferred(slots: Slots, key: string, avoided: Tried, nowMs: number): EndpointSlot | null {
  const keyHash = hashOf(key);
  let best: EndpointSlot | null = null;
  let highest = -Infinity;
  for (const slot of slots) {
    if (!isOpen(slot, avoided, nowMs)) continue;
    const score = preference(keyHash, slot.seed, slot.endpoint.weight);
    if (best && score <= highest) continue;
    best = slot;
    highest = score;
  }
  return best;
}

/** Requests in flight relative to the weight. */
const loadOf = ({ inFlight, endpoint }: EndpointSlot) => inFlight / endpoint.weight;

function leastLoad(slots: Slots, avoided: Tried, nowMs: number): number {
  let least = Infinity;
  for (const slot of slots) {
    if (isOpen(slot, avoided, nowMs)) least = Math.min(least, loadOf(slot));
  }
  return least;
}

/**
 * Smooth weighted round-robin among those that carry at most so much: each gains its weight in credit,
 * the richest is taken and pays for all. Heavy ones are spread over the round instead of coming in a row.
 */
function nextInTurn(
  slots: Slots,
  avoided: Tried,
  nowMs: number,
  mostLoad: number,
): EndpointSlot | null {
  let richest: EndpointSlot | null = null;
  let total = 0;
  for (const slot of slots) {
    if (!isOpen(slot, avoided, nowMs) || loadOf(slot) > mostLoad) continue;
    slot.credit += slot.endpoint.weight;
    total += slot.endpoint.weight;
    if (!richest || slot.credit > richest.credit) richest = slot;
  }
  if (richest) richest.credit -= total;
  return richest;
}
