import { describe, expect, it } from '@jest/globals';
import { measureIdentity } from '../support/lumen/identity-scale.js';
import { DIALECTS } from '../support/lumen/lumen-server.js';

/** The short form of test/prove/identity-scale.spec.ts. */
describe.each(DIALECTS)('500 people, 50 groups and 100 clients on %s', (dialect) => {
  it('are listed, tried and regrouped without holding up requests', async () => {
    const figures = await measureIdentity(dialect, { people: 500, groups: 50, clients: 100 }, 0);
    for (const tookMs of Object.values(figures.listsMs)) expect(tookMs).toBeLessThan(100);
    expect(figures.loginMs).toBeLessThan(100);
    expect(figures.reloadMs).toBeLessThan(5_000);
    for (const { cpuMs } of Object.values(figures.longest)) expect(cpuMs).toBeLessThan(50);
  });
});
