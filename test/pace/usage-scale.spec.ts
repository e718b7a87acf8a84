import { describe, expect, it } from '@jest/globals';
import { DIALECTS } from '../support/lumen/lumen-server.js';
import { measureUsage } from '../support/usage/usage-scale.js';

/** The short form of test/prove/usage-scale.spec.ts. */
describe.each(DIALECTS)('a hundred thousand requests on %s', (dialect) => {
  it('are shown by month in under 300 ms', async () => {
    const place = { people: 500, clients: 20, models: 30, days: 60, requests: 100_000 };
    const { pagesMs } = await measureUsage(dialect, place, 2_000);
    for (const [page, tookMs] of Object.entries(pagesMs)) {
      expect({ page, isQuick: tookMs < 300 }).toEqual({ page, isQuick: true });
    }
  }, 60_000);
});
