import { describe, it } from '@jest/globals';
import { measureIdentity } from '../support/lumen/identity-scale.js';
import { DIALECTS } from '../support/lumen/lumen-server.js';
import { cpuOf, wallOf } from '../support/loop-watch.js';
import { figuresOf, prove } from '../support/proof.js';

const WATCH_INTERVAL_MS = 5_000;

describe.each(DIALECTS)('10,000 people, 500 groups and 2,000 clients on %s', (dialect) => {
  it('are listed, tried and regrouped without holding up requests', async () => {
    const scale = { people: 10_000, groups: 500, clients: 2_000 };
    const figures = await measureIdentity(dialect, scale, WATCH_INTERVAL_MS);
    const unit = 'ms';
    prove(
      ...figuresOf(`list, ${dialect}`, wallOf(figures.lists), { unit, atMost: 100 }),
      { name: `login, ${dialect}`, measured: figures.login.wallMs, unit, atMost: 100 },
      { name: `rules in force, ${dialect}`, measured: figures.reloadMs, unit, atMost: 10_000 },
      ...figuresOf(`longest turn, ${dialect}`, cpuOf(figures.longest), { unit, atMost: 50 }),
    );
  }, 120_000);
});
