import { describe, expect, it } from '@jest/globals';
import { measureIdentity } from '../support/lumen/identity-scale.js';
import { DIALECTS } from '../support/lumen/lumen-server.js';

const WATCH_INTERVAL_MS = 5_000;

describe.each(DIALECTS)('10,000 people, 500 groups and 2,000 clients on %s', (dialect) => {
  it('are listed, tried and regrouped without holding up requests', async () => {
    const scale = { people: 10_000, groups: 500, clients: 2_000 };
    const figures = await measureIdentity(dialect, scale, WATCH_INTERVAL_MS);
    process.stdout.write(`${dialect}: ${JSON.stringify(figures, null, 2)}\n`);
    for (const [, tookMs] of Object.entries(figures.listsMs)) expect(tookMs).toBeLessThan(100);
    expect(figures.loginMs).toBeLessThan(100);
    expect(figures.reloadMs).toBeLessThan(10_000);
    for (const { cpuMs } of Object.values(figures.longest)) expect(cpuMs).toBeLessThan(50);
  }, 120_000);
});
