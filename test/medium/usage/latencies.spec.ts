import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ClockService } from '../../../server/src/infrastructure/clock/clock.service.js';
import { LatenciesService } from '../../../server/src/usage/latencies/latencies.service.js';
import { RequestLogRepository } from '../../../server/src/usage/log/request-log.repository.js';
import { type RequestRecord } from '../../../server/src/usage/log/request-record.js';
import { FoldingService } from '../../../server/src/usage/rollups/folding.service.js';
import { TestApplication } from '../../support/lumen/application.js';
import { DIALECTS } from '../../support/lumen/lumen-server.js';
import { requestRecord } from '../../support/usage/records.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A quarter of an hour into an hour, so that the one before is over. */
const NOW_MS = Date.UTC(2026, 10, 21, 10, 20);
const EVERYTHING = { from: Date.UTC(2026, 10, 11, 9), to: Date.UTC(2026, 10, 21, 11) };
const CUT = { from: Date.UTC(2026, 10, 12, 5), to: Date.UTC(2026, 10, 15, 22) };
const LATEST = { from: Date.UTC(2026, 10, 21, 8), to: Date.UTC(2026, 10, 21, 11) };

/** Requests of ten days, up to now, whose durations are all different. */
const RECORDS = Array.from({ length: 1_200 }, (_, n) =>
  requestRecord({
    startedAt: new Date(NOW_MS - ((n * 7_919) % (10 * 24 * 3_600)) * 1_000),
    model: `model-${n % 3}`,
    source: n % 5 === 0 ? 'chat' : 'api',
    isStream: n % 4 !== 0,
    status: n % 7 === 0 ? 502 : 200,
    errorCode: n % 7 === 0 ? 'upstream_error' : null,
    outcome: n % 7 === 0 ? 'failed' : n % 11 === 0 ? 'cancelled' : 'completed',
    firstByteMs: n % 7 === 0 ? null : 20 + n,
    durationMs: 500 + n * 40,
  }),
);

const isTimed = ({ isStream, firstByteMs }: RequestRecord) => isStream && firstByteMs !== null;
const isWhole = ({ outcome }: RequestRecord) => outcome === 'completed';

interface Asked {
  readonly range: { from: number; to: number };
  readonly model?: string;
  readonly source?: string;
}

/** What the records say of p95, to be compared with what is told. */
function exact(records: readonly RequestRecord[], { range, model, source }: Asked) {
  const wanted = records.filter(
    (record) =>
      record.startedAt.getTime() >= range.from &&
      record.startedAt.getTime() < range.to &&
      (model === undefined || record.model === model) &&
      (source === undefined || record.source === source),
  );
  const p95 = (all: number[]) =>
    all.sort((one, other) => one - other)[Math.ceil(all.length * 0.95) - 1]!;
  const [timed, whole] = [wanted.filter(isTimed), wanted.filter(isWhole)];
  return {
    counts: [timed.length, whole.length],
    p95: [
      p95(timed.map(({ firstByteMs }) => firstByteMs!)),
      p95(whole.map((one) => one.durationMs)),
    ],
  };
}

describe.each(DIALECTS)('latencies on %s', (dialect) => {
  let app: TestApplication;
  let latencies: LatenciesService;
  const written = [...RECORDS];

  beforeAll(async () => {
    app = await TestApplication.start(dialect);
    app.context.get(ClockService).nowMs = () => NOW_MS;
    latencies = app.context.get(LatenciesService);
    await app.context.get(RequestLogRepository).append(RECORDS);
  }, 60_000);
  afterAll(() => app[Symbol.asyncDispose]());

  async function expectRight(asked: Asked): Promise<void> {
    const { range, ...filter } = asked;
    const { firstToken, whole } = (await latencies.of(range, filter)).total;
    const { counts, p95 } = exact(written, asked);
    expect([firstToken.count, whole.count]).toEqual(counts);
    for (const [n, told] of [firstToken, whole].entries()) {
      expect(Math.abs(told.quantile(0.95)! / p95[n]! - 1)).toBeLessThan(0.051);
    }
  }

  const keep = () => app.context.get(FoldingService).keepLatencies();
  const keptRows = () =>
    app.dataSource.query<object[]>('SELECT * FROM usage_latencies ORDER BY start, until');

  it('of the latest hours come from the log, before any are kept', async () => {
    expect(await keptRows()).toEqual([]);
    await expectRight({ range: LATEST });
  });

  it('are kept by hour and day, once', async () => {
    await keep();
    const rows = await keptRows();
    expect(rows.length).toBeGreaterThan(200);
    await keep();
    expect(await keptRows()).toEqual(rows);
  });

  it.each<[string, Asked]>([
    ['of everything', { range: EVERYTHING }],
    ['of whole days and hours beside them', { range: CUT }],
    ['of the hour that is not over', { range: LATEST }],
    ['of one model', { range: EVERYTHING, model: 'model-1' }],
    ['of chats with one model', { range: CUT, model: 'model-2', source: 'chat' }],
  ])('%s are those of the requests', (_name, asked) => expectRight(asked));

  it('by model are those of each model', async () => {
    const { models } = await latencies.of(CUT, {});
    for (const [model, { whole, firstToken }] of models) {
      const { counts } = exact(written, { range: CUT, model });
      expect([firstToken.count, whole.count]).toEqual(counts);
    }
    expect(models.size).toBe(3);
  });

  it('have who came late, in the hour and in the day', async () => {
    const startedAt = new Date(CUT.from + DAY_MS);
    const late = Array.from({ length: 400 }, () =>
      requestRecord({ startedAt, model: 'model-1', firstByteMs: 90_000, durationMs: 400_000 }),
    );
    await app.context.get(RequestLogRepository).append(late);
    written.push(...late);
    await keep();
    await expectRight({ range: CUT });
    await expectRight({ range: { from: startedAt.getTime(), to: startedAt.getTime() + HOUR_MS } });
  });

  it('do not need the log once they are kept', async () => {
    await app.dataSource.query(`DELETE FROM request_log WHERE started_at < ${LATEST.from}`);
    await keep();
    await expectRight({ range: CUT });
  });
});
