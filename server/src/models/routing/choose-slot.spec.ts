import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type ModelEndpoint } from '../catalogue-entry.js';
import { chooseSlot } from './choose-slot.js';
import { EndpointSlot } from './endpoint-slot.js';

const NOW_MS = 0;
const TURNS = { strategy: 'round_robin', isSticky: false } as const;
const LEAST = { strategy: 'least_busy', isSticky: false } as const;
const STICKY = { strategy: 'round_robin', isSticky: true } as const;

function slotsOf(weights: readonly number[]): EndpointSlot[] {
  return weights.map((weight, index) => {
    const endpoint: ModelEndpoint = {
      id: `endpoint-${index}`,
      url: 'http://backend.example/v1',
      origin: 'http://backend.example',
      basePath: '/v1',
      authorization: null,
      upstreamModel: 'm',
      weight,
      maxConcurrent: null,
      nativeApis: [],
    };
    return new EndpointSlot(endpoint);
  });
}

function eject(slot: EndpointSlot): void {
  const ejection = { failures: 1, cooldownMs: 1000, maxCooldownMs: 1000 };
  slot.health.ended('failed', false, NOW_MS, { ejection });
}

const asks = (affinityKey: string | null = null, ...tried: string[]) => ({
  affinityKey,
  tried: new Set(tried),
});

const weightsOf = (most: number) =>
  fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: most });

function countsOf(slots: readonly EndpointSlot[], chosen: readonly (EndpointSlot | null)[]) {
  return slots.map((slot) => chosen.filter((each) => each === slot).length);
}

describe('taking turns', () => {
  it('gives each endpoint exactly its weight in every round, however often', () => {
    fc.assert(
      fc.property(weightsOf(8), fc.integer({ min: 1, max: 3 }), (weights, rounds) => {
        const slots = slotsOf(weights);
        const round = weights.reduce((sum, weight) => sum + weight, 0);
        for (let n = 0; n < rounds; n += 1) {
          const chosen = Array.from({ length: round }, () =>
            chooseSlot(slots, TURNS, asks(), NOW_MS),
          );
          expect(countsOf(slots, chosen)).toEqual(weights);
        }
      }),
    );
  });

  it('spreads a heavy endpoint over the round', () => {
    const slots = slotsOf([5, 1, 1]);
    const order = Array.from({ length: 7 }, () =>
      slots.indexOf(chooseSlot(slots, TURNS, asks(), NOW_MS)!),
    );
    expect(order).toEqual([0, 0, 1, 0, 2, 0, 0]);
  });

  it('passes over endpoints that are left out or full', () => {
    const slots = slotsOf([3, 1, 1]);
    eject(slots[0]!);
    slots[1]!.endpoint = { ...slots[1]!.endpoint, maxConcurrent: 2 };
    slots[1]!.inFlight = 2;
    expect(chooseSlot(slots, TURNS, asks(), NOW_MS)).toBe(slots[2]);
    slots[2]!.endpoint = { ...slots[2]!.endpoint, maxConcurrent: 1 };
    slots[2]!.inFlight = 1;
    expect(chooseSlot(slots, TURNS, asks(), NOW_MS)).toBeNull();
  });

  it('comes back to an endpoint that was tried in vain only where no other works', () => {
    const slots = slotsOf([1, 1]);
    const tried = asks(null, 'endpoint-0');
    const often = () => Array.from({ length: 4 }, () => chooseSlot(slots, TURNS, tried, NOW_MS));
    expect(new Set(often())).toEqual(new Set([slots[1]]));
    slots[1]!.endpoint = { ...slots[1]!.endpoint, maxConcurrent: 1 };
    slots[1]!.inFlight = 1;
    expect(chooseSlot(slots, TURNS, tried, NOW_MS)).toBeNull();
    eject(slots[1]!);
    expect(chooseSlot(slots, TURNS, tried, NOW_MS)).toBe(slots[0]);
  });
});

describe('the least busy', () => {
  it('has no more requests for its weight than any other', () => {
    const one = fc.record({
      weight: fc.integer({ min: 1, max: 10 }),
      inFlight: fc.nat(30),
      isOut: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(one, { minLength: 1, maxLength: 8 }), (endpoints) => {
        const slots = slotsOf(endpoints.map(({ weight }) => weight));
        endpoints.forEach(({ inFlight, isOut }, index) => {
          slots[index]!.inFlight = inFlight;
          if (isOut) eject(slots[index]!);
        });
        const chosen = chooseSlot(slots, LEAST, asks(), NOW_MS);
        const free = slots.filter((slot) => slot.isFree(NOW_MS));
        const loads = free.map(({ inFlight, endpoint }) => inFlight / endpoint.weight);
        if (free.length === 0) expect(chosen).toBeNull();
        else expect(chosen!.inFlight / chosen!.endpoint.weight).toBe(Math.min(...loads));
      }),
    );
  });

  it('is found by turns among equals', () => {
    const slots = slotsOf([1, 1, 1]);
    const chosen = Array.from({ length: 6 }, () => chooseSlot(slots, LEAST, asks(), NOW_MS));
    expect(countsOf(slots, chosen)).toEqual([2, 2, 2]);
  });
});

describe('sticky conversations', () => {
  const KEYS = Array.from({ length: 4000 }, (_, index) => `conversation ${index}`);
  const homes = (slots: readonly EndpointSlot[]) =>
    KEYS.map((key) => chooseSlot(slots, STICKY, asks(key), NOW_MS));

  it('come back to their endpoint, and share the endpoints by weight', () => {
    const slots = slotsOf([1, 2, 5]);
    const first = homes(slots);
    expect(homes(slots)).toEqual(first);
    const shares = countsOf(slots, first).map((count) => count / KEYS.length);
    [1 / 8, 2 / 8, 5 / 8].forEach((share, index) => expect(shares[index]).toBeCloseTo(share, 1));
  });

  it('move only where their endpoint is left out or full, and back afterwards', () => {
    const slots = slotsOf([1, 1, 1]);
    const before = homes(slots);
    slots[1]!.endpoint = { ...slots[1]!.endpoint, maxConcurrent: 1 };
    slots[1]!.inFlight = 1;
    const during = homes(slots);
    expect(during).not.toContain(slots[1]);
    const moved = KEYS.filter((_, index) => before[index] !== during[index]);
    expect(moved).toHaveLength(before.filter((slot) => slot === slots[1]).length);
    slots[1]!.inFlight = 0;
    expect(homes(slots)).toEqual(before);
  });

  it('without a key are requests like others', () => {
    const slots = slotsOf([1, 1]);
    const chosen = [1, 2, 3, 4].map(() => chooseSlot(slots, STICKY, asks(), NOW_MS));
    expect(countsOf(slots, chosen)).toEqual([2, 2]);
  });
});
