import { afterAll, beforeAll, describe, it } from '@jest/globals';
import {
  type AnswerFigures,
  measureAnswers,
  serveInstitution,
  startInstitution,
} from '../support/institution/console-scale.js';
import { measurePaint } from '../support/institution/console-paint.js';
import { type InProcessLumen } from '../support/lumen/in-process.js';
import { DIALECTS, type LumenServer } from '../support/lumen/lumen-server.js';
import { figuresOf, prove } from '../support/proof.js';

const MINUTE_MS = 60_000;
const LIMIT_MS = 300;
const PAINT_LIMIT_MS = 1_000;
const PLACE = {
  people: 20_000,
  groups: 1_000,
  clients: 500,
  models: 200,
  days: 90,
  requests: 10_000_000,
};

describe.each(DIALECTS)('an institution with ten million requests on %s', (dialect) => {
  const running = new AsyncDisposableStack();
  let lumen: InProcessLumen;
  let server: LumenServer;
  let figures: AnswerFigures[];

  beforeAll(async () => {
    lumen = running.use(await startInstitution(dialect, PLACE));
    server = running.use(await serveInstitution(lumen, dialect, PLACE));
    figures = await measureAnswers(server);
  }, 120 * MINUTE_MS);

  afterAll(() => running.disposeAsync(), MINUTE_MS);

  it('has the data of every page in 300 ms', () => {
    const slowest = figures.toSorted((one, other) => other.againMs - one.againMs);
    const times = Object.fromEntries(slowest.map(({ address, againMs }) => [address, againMs]));
    prove(...figuresOf(dialect, times, { unit: 'ms', atMost: LIMIT_MS }));
  });

  it(
    'paints every page within a second',
    async () => {
      const painted = await measurePaint(server);
      const times = painted.map(({ path, firstPaintMs }) => [path, firstPaintMs] as const);
      const promise = { unit: 'ms', atMost: PAINT_LIMIT_MS };
      prove(...figuresOf(`first paint, ${dialect}`, Object.fromEntries(times), promise));
    },
    20 * MINUTE_MS,
  );
});
