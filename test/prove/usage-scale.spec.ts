import { describe, expect, it } from '@jest/globals';
import { DIALECTS } from '../support/lumen/lumen-server.js';
import { measureUsage } from '../support/usage/usage-scale.js';

const MINUTE_MS = 60_000;

describe.each(DIALECTS)('ten million requests on %s', (dialect) => {
  it(
    'are shown by month in under 300 ms, and the next is written as quickly as the first',
    async () => {
      const place = { people: 5_000, clients: 200, models: 30, days: 60, requests: 10_000_000 };
      const figures = await measureUsage(dialect, place, 20_000);
      process.stdout.write(`${dialect}: ${JSON.stringify(figures, null, 2)}\n`);
      const { insertUs, pagesMs, serviceMs } = figures;
      for (const [page, tookMs] of Object.entries(pagesMs)) {
        expect({ page, isQuick: tookMs < 300 }).toEqual({ page, isQuick: true });
      }
      expect(serviceMs).toBeLessThan(300);
      expect(insertUs.full / insertUs.empty).toBeLessThan(1.2);
    },
    40 * MINUTE_MS,
  );
});
