import { describe, it } from '@jest/globals';
import { delaysOf, leaveInThread, WritingBackend } from '../support/lumen/leaving-callers.js';
import { DIALECTS } from '../support/lumen/lumen-server.js';
import { Metered } from '../support/lumen/metered.js';
import { until } from '../support/until.js';
import { prove } from '../support/proof.js';

const CALLERS = 200;
const MOST_WORDS = 12;
/** A thousand words a second. */
const PAUSE_MS = 200;

describe.each(DIALECTS)('two hundred callers that leave, on %s', (dialect) => {
  it('stop the backend within a tenth of a second, each of them', async () => {
    await using metered = await Metered.start({ dialect, purses: { payer: { coins: 1_000_000 } } });
    const payer = await metered.payer('payer');
    const backend = new WritingBackend(PAUSE_MS);
    metered.upstream.usual = backend.answer;
    const words = Array.from({ length: CALLERS }, (_, index) => 1 + ((index * 7) % MOST_WORDS));
    const left = await leaveInThread({ url: metered.server.url, key: payer.key, words });
    await until(() => backend.stopped === CALLERS);
    const delays = delaysOf(left, backend);
    const [median, last] = [delays[CALLERS / 2]!, delays.at(-1)!];
    prove(
      { name: `backend stopped, median, ${dialect}`, measured: median, unit: 'ms' },
      { name: `backend stopped, the latest, ${dialect}`, measured: last, unit: 'ms', atMost: 100 },
    );
  }, 60_000);
});
