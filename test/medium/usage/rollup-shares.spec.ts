import { describe, expect, it } from '@jest/globals';
import { type Pool, type PoolClient } from 'pg';
import { type DataSource } from 'typeorm';
import { ClockService } from '../../../server/src/infrastructure/clock/clock.service.js';
import { lanePool } from '../../../server/src/infrastructure/database/group-commit-pool.js';
import { type RequestRecord } from '../../../server/src/usage/log/request-record.js';
import { RequestRecordWriter } from '../../../server/src/usage/log/request-record-writer.js';
import { FoldingService } from '../../../server/src/usage/rollups/folding.service.js';
import { TimeZone } from '../../../server/src/usage/reports/time-zone.js';
import { UsageChartService } from '../../../server/src/usage/reports/usage-chart.service.js';
import { UsageReportService } from '../../../server/src/usage/reports/usage-report.service.js';
import { UsageTrendsService } from '../../../server/src/usage/reports/usage-trends.service.js';
import { LatenciesService } from '../../../server/src/usage/latencies/latencies.service.js';
import { TestApplication } from '../../support/lumen/application.js';
import { requestRecord } from '../../support/usage/records.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NOW_MS = Date.UTC(2026, 10, 21, 10);
/** Longer than any statement here takes, and much shorter than a test may. */
const PATIENCE = "SET LOCAL lock_timeout = '3s'";
/** The last has its share in common with the second. */
const PLACES = [0, 1, 2, 9];

const writerAt = (place: number) => new RequestRecordWriter(new ClockService(), { place });

/** Writes in a transaction that stays open. */
async function begin(pool: Pool, place: number, record: RequestRecord): Promise<PoolClient> {
  const client = await pool.connect();
  await client.query('BEGIN');
  await client.query(PATIENCE);
  await writerAt(place).logNewInPostgres(client, [record]);
  await writerAt(place).rollUpNewInPostgres(client, [record]);
  return client;
}

async function commit(client: PoolClient): Promise<void> {
  await client.query('COMMIT');
  client.release();
}

/** Some weeks of requests, the same in each run; everybody's is somebody else's. */
const records = Array.from({ length: 240 }, (_, n) =>
  requestRecord({
    startedAt: new Date(NOW_MS - ((n * 7_919_771) % (40 * 24 * 3_600)) * 1_000),
    model: `model-${n % 3}`,
    endpoint: `http://backend-${n % 2}`,
    isStream: n % 2 === 0,
    promptTokens: n,
    durationMs: n * 10,
    cost: 9_007_199_254_740_993n + BigInt(n),
  }),
);

/** An application whose log has these, each batch written from one of these places. */
async function placeWith(places: readonly number[]): Promise<TestApplication> {
  const app = await TestApplication.start('postgres');
  app.context.get(ClockService).nowMs = () => NOW_MS + DAY_MS;
  for (let start = 0; start < records.length; start += 20) {
    const place = places[(start / 20) % places.length]!;
    const client = await lanePool(app.dataSource).connect();
    await writerAt(place).inPostgres(client, records.slice(start, start + 20));
    client.release();
  }
  return app;
}

/** What pages say of everybody. */
async function shown({ context }: TestApplication) {
  const range = { from: NOW_MS - 41 * DAY_MS, to: NOW_MS };
  const report = context.get(UsageReportService);
  const zone = new TimeZone('Europe/Berlin');
  const keys = ['http://backend-0', 'http://backend-1'];
  const trends = context.get(UsageTrendsService);
  const latencies = await context.get(LatenciesService).of(range, {});
  return {
    total: await report.total(range, {}),
    models: new Map((await report.by('model', range, {})).map(({ key, ...rest }) => [key, rest])),
    endpoints: new Map(
      (await report.by('endpoint', range, {})).map(({ key, ...rest }) => [key, rest]),
    ),
    chart: await context.get(UsageChartService).chart({ ...range, zone }, 'cost', {}),
    ofEndpoints: await trends.of({ dimension: 'endpoint', keys, metric: 'requests' }, range, {}),
    ofModels: await trends.of(
      { dimension: 'model', keys: ['model-0', 'model-2'], metric: 'tokens' },
      range,
      {},
    ),
    latencies,
  };
}

describe('sums of everybody on PostgreSQL', () => {
  it('are added to by replicas at the same time, none waiting for the commit of another', async () => {
    await using app = await TestApplication.start('postgres');
    const pool = lanePool(app.dataSource);
    const [first, ...others] = PLACES.slice(0, 3);
    const clients = [await begin(pool, first!, requestRecord())];
    for (const place of others) clients.push(await begin(pool, place, requestRecord()));
    await Promise.all(clients.map(commit));
    const range = { from: Date.UTC(2026, 10, 21), to: Date.UTC(2026, 10, 22) };
    expect((await app.context.get(UsageReportService).total(range, {})).requests).toBe(3);
  });

  it('are the same on every page whoever wrote them, packed or not', async () => {
    await using alone = await placeWith([0]);
    await using shared = await placeWith(PLACES);
    const expected = await shown(alone);
    expect(expected.total.requests).toBeGreaterThan(200);
    expect(await shown(shared)).toEqual(expected);
    for (const { context } of [alone, shared]) {
      const folding = context.get(FoldingService);
      await folding.fold();
      await folding.pack();
      await folding.keepLatencies();
    }
    const packed = await shown(shared);
    expect(packed).toEqual(await shown(alone));
    expect(packed.total).toEqual(expected.total);
    expect(packed.models).toEqual(expected.models);
  }, 60_000);

  it('are added up when their hour is over, and again should somebody come late', async () => {
    await using app = await placeWith(PLACES);
    const folding = app.context.get(FoldingService);
    const expected = await shown(app);
    expect((await totals(app.dataSource, 'usage_hourly_totals_shares')).length).toBeGreaterThan(9);
    await folding.fold();
    expect(await totals(app.dataSource, 'usage_hourly_totals_shares')).toEqual([]);
    expect(await totals(app.dataSource, 'usage_hourly_models_shares')).toEqual([]);
    expect(await shown(app)).toEqual(expected);
    const late = requestRecord({ startedAt: records[1]!.startedAt });
    await commit(await begin(lanePool(app.dataSource), 1, late));
    const { requests } = (await shown(app)).total;
    expect(requests).toBe(expected.total.requests + 1);
    await folding.fold();
    expect(await totals(app.dataSource, 'usage_hourly_totals_shares')).toEqual([]);
    expect((await shown(app)).total.requests).toBe(requests);
  });

  it('are one row again when the migration is undone', async () => {
    await using app = await placeWith(PLACES);
    const name = 'UsageShares1795346400000';
    const before = await totals(app.dataSource, 'usage_hourly_totals_all');
    while (
      (await app.dataSource.query<{ name: string }[]>(MIGRATIONS)).some((m) => m.name === name)
    ) {
      await app.dataSource.undoLastMigration();
    }
    expect(await totals(app.dataSource, 'usage_hourly_totals')).toEqual(before);
  });
});

const MIGRATIONS = 'SELECT name FROM migrations';

const totals = (dataSource: DataSource, table: string) =>
  dataSource.query<unknown[]>(
    `SELECT CAST(hour AS TEXT) AS hour, CAST(SUM(cost) AS TEXT) AS cost FROM ${table}
     GROUP BY hour ORDER BY hour`,
  );
