import { describe, it } from '@jest/globals';
import { type Race, race } from '../support/lumen/budget-race.js';

describe('a race for a pool that can pay for 100', () => {
  it.each<Race>([
    { dialect: 'sqlite', replicas: 1, requests: 1_000 },
    { dialect: 'sqlite', replicas: 2, requests: 1_000 },
    { dialect: 'postgres', replicas: 1, requests: 1_000 },
    { dialect: 'postgres', replicas: 3, requests: 1_000 },
  ])(
    'is won by 100 of $requests on $dialect with $replicas replicas',
    (options) => race(options),
    120_000,
  );
});
