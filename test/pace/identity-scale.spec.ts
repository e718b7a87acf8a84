import { describe, expect, it } from '@jest/globals';
import { measureIdentity } from '../support/lumen/identity-scale.js';
import { DIALECTS } from '../support/lumen/lumen-server.js';

/**
 * The short form of test/prove/identity-scale.spec.ts, by the processor time of this thread alone: how
 * long somebody waits on a machine where others are at work as well is for the proof to say.
 */
describe.each(DIALECTS)('500 people, 50 groups and 100 clients on %s', (dialect) => {
  it('are listed, tried and regrouped without holding up requests', async () => {
    const figures = await measureIdentity(dialect, { people: 500, groups: 50, clients: 100 }, 0);
    for (const { cpuMs } of Object.values(figures.lists)) expect(cpuMs).toBeLessThan(100);
    expect(figures.login.cpuMs).toBeLessThan(100);
    for (const { cpuMs } of Object.values(figures.longest)) expect(cpuMs).toBeLessThan(50);
  }, 120_000);
});
