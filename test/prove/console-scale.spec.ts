import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type AnswerFigures,
  measureAnswers,
  startInstitution,
} from '../support/institution/console-scale.js';
import { measurePaint } from '../support/institution/console-paint.js';
import { type InProcessLumen } from '../support/lumen/in-process.js';
import { DIALECTS } from '../support/lumen/lumen-server.js';

const MINUTE_MS = 60_000;
const LIMIT_MS = 300;
const PAINT_LIMIT_MS = 1_000;
/** Charts of groups of hundreds are added up from hours: docs/benchmarks.md says what they take. */
const MISSED = /usage\/chart\?.*group=(students|faculty3|default)$/;
const PLACE = {
  people: 20_000,
  groups: 1_000,
  clients: 500,
  models: 200,
  days: 90,
  requests: 10_000_000,
};

describe.each(DIALECTS)('an institution with ten million requests on %s', (dialect) => {
  let lumen: InProcessLumen;
  let figures: AnswerFigures[];

  beforeAll(async () => {
    lumen = await startInstitution(dialect, PLACE);
    figures = await measureAnswers(lumen);
    const slowest = [...figures].sort((one, other) => other.againMs - one.againMs);
    const lines = slowest.map(
      ({ address, firstMs, againMs, processorMs }) =>
        `${againMs} ms (first ${firstMs}, processor ${processorMs}) ${address}`,
    );
    process.stdout.write(`${dialect}:\n${lines.join('\n')}\n`);
  }, 120 * MINUTE_MS);

  afterAll(() => lumen[Symbol.asyncDispose](), MINUTE_MS);

  it('has the data of every page in under 300 ms, but for what is named', () => {
    const late = figures.filter(
      ({ address, againMs }) => againMs >= LIMIT_MS && !MISSED.test(address),
    );
    expect(late.map(({ address, againMs }) => `${againMs} ms ${address}`)).toEqual([]);
  });

  it(
    'paints every page within a second',
    async () => {
      const painted = await measurePaint(lumen, dialect, PLACE);
      const lines = painted.map(
        ({ path, firstPaintMs, largestPaintMs }) =>
          `first paint ${firstPaintMs} ms, largest ${largestPaintMs} ms: ${path}`,
      );
      process.stdout.write(`${dialect}:\n${lines.join('\n')}\n`);
      const late = painted.filter(({ firstPaintMs }) => firstPaintMs >= PAINT_LIMIT_MS);
      expect(late).toEqual([]);
    },
    20 * MINUTE_MS,
  );
});
