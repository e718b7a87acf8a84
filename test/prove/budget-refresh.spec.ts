import { describe, it } from '@jest/globals';
import { DIALECTS } from '../support/lumen/lumen-server.js';
import { cpuOf } from '../support/loop-watch.js';
import { agreeWithModel } from '../support/lumen/refresh-property.js';
import { measureRefresh } from '../support/lumen/refresh-scale.js';
import { RefreshedLumen } from '../support/lumen/refreshed.js';
import { figuresOf, prove } from '../support/proof.js';

// Turns are measured first, before hundreds of applications have come and gone in this process.
describe.each(DIALECTS)('20,000 pools on %s', (dialect) => {
  it('are refreshed without holding up requests', async () => {
    const figures = await measureRefresh(dialect, 20_000);
    prove(
      { name: `crediting all, ${dialect}`, measured: figures.creditMs, unit: 'ms', atMost: 30_000 },
      ...figuresOf(`longest turn, ${dialect}`, cpuOf(figures.longest), { unit: 'ms', atMost: 50 }),
    );
  }, 120_000);
});

describe.each(DIALECTS)('refreshes on %s', (dialect) => {
  it('agree with the model to the unit through 500 lives', async () => {
    await using lumen = await RefreshedLumen.start(dialect);
    await agreeWithModel(lumen, 500);
  }, 900_000);
});
