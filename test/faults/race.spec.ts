import { describe, it } from '@jest/globals';
import { type Race, race } from '../support/lumen/budget-race.js';

describe('a race for a pool that can pay for 100', () => {
  it.each<Race>([
    { dialect: 'sqlite', replicas: 1, requests: 300 },
    { dialect: 'postgres', replicas: 1, requests: 300 },
    { dialect: 'postgres', replicas: 3, requests: 300 },
  ])(
    'is won by 100 of $requests on $dialect with $replicas replicas',
    (options) => race(options),
    60_000,
  );
});
