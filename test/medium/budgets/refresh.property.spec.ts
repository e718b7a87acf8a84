import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { DIALECTS } from '../../support/lumen/lumen-server.js';
import { agreeWithModel } from '../../support/lumen/refresh-property.js';
import { RefreshedLumen } from '../../support/lumen/refreshed.js';

const RUNS = 25;

describe.each(DIALECTS)('refreshes on %s', (dialect) => {
  const running = new AsyncDisposableStack();
  let lumen: RefreshedLumen;

  beforeAll(async () => {
    lumen = running.use(await RefreshedLumen.start(dialect));
  });

  afterAll(() => running.disposeAsync());

  it('agree with the model to the unit, whatever happens in between', async () => {
    await agreeWithModel(lumen, RUNS);
  }, 60_000);
});
