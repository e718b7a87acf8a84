import { describe, it } from '@jest/globals';
import { DIALECTS } from '../support/lumen/lumen-server.js';
import { measureUsage } from '../support/usage/usage-scale.js';
import { figuresOf, prove } from '../support/proof.js';

const MINUTE_MS = 60_000;

describe.each(DIALECTS)('ten million requests on %s', (dialect) => {
  it(
    'are shown by month in under 300 ms, and the next is written as quickly as the first',
    async () => {
      const place = { people: 5_000, clients: 200, models: 30, days: 60, requests: 10_000_000 };
      const figures = await measureUsage(dialect, place, 20_000);
      const { insertUs, pagesMs, serviceMs } = figures;
      const quick = { unit: 'ms', atMost: 300 };
      prove(
        ...figuresOf(`page, ${dialect}`, pagesMs, quick),
        { name: `month of one person, ${dialect}`, measured: serviceMs, ...quick },
        {
          name: `a row more against an empty table, ${dialect}`,
          measured: insertUs.full / insertUs.empty,
          unit: '×',
          atMost: 1.2,
        },
      );
    },
    40 * MINUTE_MS,
  );
});
