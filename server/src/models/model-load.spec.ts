import { describe, expect, it } from '@jest/globals';

import { modelLoad } from './model-load.js';
import { type EndpointState } from './routing/route.js';

interface Shape {
  places: number | null;
  inFlight?: number;
  waiting?: number;
  isDown?: boolean;
}

function state({ places, inFlight = 0, waiting = 0, isDown = false }: Shape): EndpointState {
  const endpoint = { maxConcurrent: places } as EndpointState['endpoint'];
  const status = isDown ? 'ejected' : 'healthy';
  const rest = { consecutiveFailures: 0, ejectedUntil: null, lastProbe: null };
  return { endpoint, status, inFlight, waiting, ...rest };
}

describe('modelLoad', () => {
  it.each([
    [0, 0],
    [1, 1],
    [2, 1],
    [3, 2],
    [6, 3],
    [7, 3],
    [8, 4],
    [9, 4],
  ])('%i of 8 places taken is %i', (inFlight, load) => {
    expect(modelLoad([state({ places: 8, inFlight })])).toBe(load);
  });

  it('adds up endpoints, without those that do not work', () => {
    const busy = state({ places: 2, inFlight: 2 });
    expect(modelLoad([busy, state({ places: 6 })])).toBe(1);
    expect(modelLoad([busy, state({ places: 6, isDown: true })])).toBe(4);
  });

  it('is full where someone waits', () => {
    expect(modelLoad([state({ places: 8, inFlight: 1, waiting: 1 })])).toBe(4);
  });

  it('is not known where there is no limit, or nothing works', () => {
    expect(modelLoad([state({ places: null, inFlight: 5 })])).toBeNull();
    expect(modelLoad([state({ places: 8 }), state({ places: null })])).toBeNull();
    expect(modelLoad([state({ places: 8, isDown: true })])).toBeNull();
    expect(modelLoad([])).toBeNull();
  });
});
