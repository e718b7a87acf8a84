import { expect, it } from '@jest/globals';
import { DIALECTS } from '../support/lumen/lumen-server.js';
import { measureRefresh } from '../support/lumen/refresh-scale.js';

it.each(DIALECTS)(
  '2,000 pools are refreshed without holding up requests on %s',
  async (dialect) => {
    const { longest } = await measureRefresh(dialect, 2_000);
    for (const { cpuMs } of Object.values(longest)) expect(cpuMs).toBeLessThan(50);
  },
);
