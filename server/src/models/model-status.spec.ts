import { describe, expect, it } from '@jest/globals';
import { type ModelEndpoint } from './catalogue-entry.js';
import { modelStatus } from './model-status.js';
import { type EndpointState } from './routing/route.js';

type Probed = 'well' | 'badly' | 'never';

function stateOf([status, probed]: [EndpointState['status'], Probed]): EndpointState {
  const probe = { at: new Date(0), isOk: probed === 'well', latencyMs: 1, detail: null };
  return {
    endpoint: {} as ModelEndpoint,
    status,
    inFlight: 0,
    waiting: 0,
    consecutiveFailures: 0,
    ejectedUntil: null,
    lastProbe: probed === 'never' ? null : probe,
  };
}

describe('modelStatus', () => {
  it.each<[ReturnType<typeof modelStatus>, [EndpointState['status'], Probed][]]>([
    ['down', []],
    ['ok', [['healthy', 'never']]],
    ['ok', [['healthy', 'well']]],
    ['down', [['healthy', 'badly']]],
    ['down', [['ejected', 'well']]],
    ['down', [['ejected', 'never']]],
    ['degraded', [['trial', 'well']]],
    ['degraded', [['trial', 'never']]],
    ['down', [['trial', 'badly']]],
    [
      'ok',
      [
        ['healthy', 'well'],
        ['healthy', 'never'],
      ],
    ],
    [
      'degraded',
      [
        ['healthy', 'well'],
        ['ejected', 'well'],
      ],
    ],
    [
      'degraded',
      [
        ['healthy', 'badly'],
        ['healthy', 'well'],
      ],
    ],
    [
      'degraded',
      [
        ['trial', 'well'],
        ['ejected', 'badly'],
      ],
    ],
    [
      'down',
      [
        ['healthy', 'badly'],
        ['ejected', 'never'],
      ],
    ],
  ])('is %s with endpoints that are %j', (status, endpoints) => {
    expect(modelStatus(endpoints.map(stateOf))).toBe(status);
  });
});
