import { describe, expect, it } from '@jest/globals';
import { type DataSource } from 'typeorm';
import { newId } from '../../../server/src/infrastructure/crypto/identifiers.js';
import {
  appliedMigrations,
  upgradeDatabase,
} from '../../../server/src/infrastructure/database/migrator.js';
import { FoldingRepository } from '../../../server/src/usage/rollups/folding.repository.js';
import { FoldingService } from '../../../server/src/usage/rollups/folding.service.js';
import { KeyCountersService } from '../../../server/src/usage/key-counters.service.js';
import { OldRequestsService } from '../../../server/src/usage/log/old-requests.service.js';
import { RequestLogRepository } from '../../../server/src/usage/log/request-log.repository.js';
import { RequestSearchService } from '../../../server/src/usage/log/request-search.service.js';
import { type RequestRecord } from '../../../server/src/usage/log/request-record.js';
import { FOLDED_TABLES, ROLLUP_TABLES } from '../../../server/src/usage/rollups/rollup-tables.js';
import { TimeZone } from '../../../server/src/usage/reports/time-zone.js';
import { type UsageChartDto } from '../../../server/src/usage/reports/usage-chart.dto.js';
import { UsageChartService } from '../../../server/src/usage/reports/usage-chart.service.js';
import { UsageTrendsService } from '../../../server/src/usage/reports/usage-trends.service.js';
import { UsageReportService } from '../../../server/src/usage/reports/usage-report.service.js';
import { ClockService } from '../../../server/src/infrastructure/clock/clock.service.js';
import { TestApplication } from '../../support/lumen/application.js';
import { DIALECTS } from '../../support/lumen/lumen-server.js';
import { rollUpLog } from '../../support/usage/log-of-a-university.js';
import { requestRecord } from '../../support/usage/records.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NOW_MS = Date.UTC(2026, 10, 21, 10);
const OWNERS = Array.from({ length: 7 }, () => newId());
const KEYS = OWNERS.map(() => newId());
/** So many people that they are not looked up one by one; two of them have used something. */
const CROWD = [OWNERS[1]!, OWNERS[3]!, ...Array.from({ length: 300 }, () => newId())];
const halfOf = (ownerId: string) => (CROWD.includes(ownerId) ? 'crowd' : 'others');

/** Requests of five people and two clients over seventy days, each different, the same in each run. */
function mixture(count: number): RequestRecord[] {
  return Array.from({ length: count }, (_, n) => {
    const owner = (n * 5) % 7;
    return requestRecord({
      startedAt: new Date(NOW_MS - ((n * 7_919_771) % (70 * 24 * 3_600)) * 1_000),
      userId: owner < 5 ? OWNERS[owner]! : null,
      clientId: owner < 5 ? null : OWNERS[owner]!,
      apiKeyId: n % 3 === 0 ? null : KEYS[owner]!,
      source: n % 3 === 0 ? 'chat' : 'api',
      model: `model-${n % 4}`,
      endpoint: n % 11 === 0 ? null : `http://backend-${n % 2}`,
      status: n % 13 === 0 ? 502 : n % 17 === 0 ? 499 : 200,
      errorCode: n % 13 === 0 ? 'upstream_error' : n % 19 === 0 ? 'model_not_found' : null,
      outcome: n % 13 === 0 ? 'failed' : n % 17 === 0 ? 'cancelled' : 'completed',
      promptTokens: n % 5 === 0 ? null : n,
      completionTokens: n * 2,
      cost: n % 5 === 0 ? null : 9_007_199_254_740_993n + BigInt(n),
      firstByteMs: n % 6 === 0 ? null : n,
      durationMs: n,
    });
  });
}

async function foldedUntil(dataSource: DataSource): Promise<number> {
  const [row] = await dataSource.query<{ hour: string | number }[]>(
    'SELECT hour FROM usage_folding',
  );
  return Number(row!.hour);
}

async function rowsOf(app: TestApplication, table: string): Promise<unknown> {
  const keys = ROLLUP_TABLES.find(({ name }) => name === table)!.keys.map(
    (key) => `${key}${['hour', 'day', 'third', 'month'].includes(key) ? '' : ' COLLATE "C"'}`,
  );
  const isSqlite = app.dataSource.options.type !== 'postgres';
  const order = keys.map((key) => (isSqlite ? key.replace(' COLLATE "C"', '') : key)).join(', ');
  const rows = await app.dataSource.query<Record<string, unknown>[]>(
    `SELECT *, CAST(cost AS TEXT) AS cost FROM ${table} ORDER BY ${order}`,
  );
  return rows.map((row) => Object.values(row).map(String));
}

describe.each(DIALECTS)('rollups on %s', (dialect) => {
  it('are what the log adds up to, however the records come, and each counts once', async () => {
    await using app = await TestApplication.start(dialect);
    const repository = app.context.get(RequestLogRepository);
    const records = mixture(1_500);
    for (let start = 0; start < records.length; start += 170) {
      const batch = records.slice(start, start + 170);
      await Promise.all([
        repository.append(batch),
        repository.append([...batch].reverse()),
        repository.append(batch.slice(0, 3).concat(batch.slice(0, 3))),
      ]);
    }
    await app.context.get(FoldingService).fold();
    const written = await Promise.all(ROLLUP_TABLES.map(({ name }) => rowsOf(app, name)));
    for (const { name } of ROLLUP_TABLES) await app.dataSource.query(`DELETE FROM ${name}`);
    await rollUpLog(app.dataSource, await foldedUntil(app.dataSource));
    const workedOut = await Promise.all(ROLLUP_TABLES.map(({ name }) => rowsOf(app, name)));
    expect(written).toEqual(workedOut);
  });

  it('leave nothing of a batch that fails', async () => {
    await using app = await TestApplication.start(dialect);
    const repository = app.context.get(RequestLogRepository);
    const broken = { ...requestRecord(), requestId: null } as unknown as RequestRecord;
    await expect(repository.append([requestRecord(), broken])).rejects.toThrow(/request_id/);
    for (const { name } of ROLLUP_TABLES) expect(await rowsOf(app, name)).toEqual([]);
  });
});

describe.each(DIALECTS)('an upgrade on %s', (dialect) => {
  it('adds up the log that is there already', async () => {
    await using app = await TestApplication.start(dialect);
    const { dataSource } = app;
    await app.context.get(RequestLogRepository).append(mixture(800));
    while ((await appliedMigrations(dataSource)).some((name) => name.startsWith('Usage'))) {
      await dataSource.undoLastMigration();
    }
    await upgradeDatabase(dataSource);
    await app.context.get(FoldingService).fold();
    const upgraded = await Promise.all(ROLLUP_TABLES.map(({ name }) => rowsOf(app, name)));
    for (const { name } of ROLLUP_TABLES) await dataSource.query(`DELETE FROM ${name}`);
    await rollUpLog(dataSource, await foldedUntil(dataSource));
    const workedOut = await Promise.all(ROLLUP_TABLES.map(({ name }) => rowsOf(app, name)));
    expect(upgraded).toEqual(workedOut);
    expect(upgraded[0]).not.toEqual([]);
  });
});

const ZONES = ['UTC', 'Europe/Berlin', 'America/Los_Angeles', 'Pacific/Auckland'];
const CHARTS = [
  [45, 'Europe/Berlin', 'requests'],
  [101, 'America/Los_Angeles', 'tokens'],
] as const;
const RANGES: [string, number, number][] = [
  ['an hour', 1, 0],
  ['a day', 24, 0],
  ['days across a month', 24 * 25 + 7, 24 * 3 + 2],
  ['the end of a month', 24 * 22, 24 * 20 + 11],
  ['everything', 24 * 71, -1],
  ['nearly everything', 24 * 62 + 5, 13],
];

describe.each(DIALECTS)('hours that are folded on %s', (dialect) => {
  it('count once, wherever it stopped, and with those who come late', async () => {
    await using app = await TestApplication.start(dialect);
    const { dataSource } = app;
    const folding = app.context.get(FoldingRepository);
    const repository = app.context.get(RequestLogRepository);
    const report = app.context.get(UsageReportService);
    const trends = app.context.get(UsageTrendsService);
    const records = mixture(1_200);
    const range = { from: NOW_MS - 71 * DAY_MS, to: NOW_MS + HOUR_MS };
    const expectAll = async (count: number) => {
      const people = records.slice(0, count).filter(({ userId }) => userId !== null);
      const found = await report.by('owner', range, { ownerKind: 'user' });
      const expected = grouped(people, ({ userId }) => userId!);
      expect(keyed(found)).toEqual(expected);
      const ids = [...expected.keys()];
      const followed = await trends.of(
        { dimension: 'owner', keys: ids, metric: 'requests' },
        range,
        {
          ownerKind: 'user',
        },
      );
      expect(sumsOf(followed!)).toEqual(requestsOf(expected));
    };
    await app.context.get(FoldingService).fold();
    await dataSource.query('UPDATE usage_folding SET hour = 0');
    for (let written = 0; written < records.length; written += 100) {
      await repository.append(records.slice(written, written + 100));
      // A few at a time, so that it stops within hours, too; two at once fold nothing twice.
      for (let part = 0; part < 20; part += 1) {
        await Promise.all([folding.foldPart(NOW_MS, 1), folding.foldPart(NOW_MS, 1)]);
      }
      await expectAll(written + 100);
    }
    while (await folding.foldPart(NOW_MS, 50));
    await expectAll(records.length);
    const written = await Promise.all(FOLDED_TABLES.map(({ name }) => rowsOf(app, name)));
    for (const { name } of ROLLUP_TABLES) await dataSource.query(`DELETE FROM ${name}`);
    await rollUpLog(dataSource, await foldedUntil(dataSource));
    const workedOut = await Promise.all(FOLDED_TABLES.map(({ name }) => rowsOf(app, name)));
    expect(written).toEqual(workedOut);
  }, 60_000);
});

describe.each(DIALECTS)('packed days on %s', (dialect) => {
  it('answer what the hours do, also when somebody came late', async () => {
    await using app = await TestApplication.start(dialect);
    app.context.get(ClockService).nowMs = () => NOW_MS + DAY_MS;
    const repository = app.context.get(RequestLogRepository);
    const folding = app.context.get(FoldingService);
    const count = async (table: string) => {
      const sql = `SELECT COUNT(*) AS count FROM ${table}`;
      return Number((await app.dataSource.query<{ count: number }[]>(sql))[0]!.count);
    };
    await repository.append(mixture(1_000));
    const byHour = await chartsOf(app);
    expect(byHour.every(({ totals }) => totals.requests > 10)).toBe(true);
    const modelsByHour = await modelsOf(app);
    expect(modelsByHour.length).toBeGreaterThan(1);
    const endpointsByHour = await endpointTrends(app);
    expect(endpointsByHour!.get('http://backend/v1')).toHaveLength(60);
    await folding.pack();
    expect(await count('usage_packed_days')).toBeGreaterThan(60);
    expect(await count('usage_packed_months')).toBe(2);
    expect(await chartsOf(app)).toEqual(byHour);
    expect(keyed(await modelsOf(app))).toEqual(keyed(modelsByHour));
    expect(await endpointTrends(app)).toEqual(endpointsByHour);
    const startedAt = new Date(NOW_MS - 20 * DAY_MS);
    await repository.append([requestRecord({ startedAt, userId: OWNERS[1]!, model: 'model-2' })]);
    const later = await chartsOf(app);
    expect(later.map(({ totals }) => totals.requests)).toEqual(
      byHour.map(({ totals }) => totals.requests + 1),
    );
    await folding.pack();
    expect(await chartsOf(app)).toEqual(later);
    const models = keyed(await modelsOf(app));
    const endpoints = await endpointTrends(app);
    expect(endpoints).not.toEqual(endpointsByHour);
    expect(models).not.toEqual(keyed(modelsByHour));
    // Nothing else can be where the answers about these people come from.
    await app.dataSource.query(`DELETE FROM usage_hourly WHERE hour < ${NOW_MS - 2 * DAY_MS}`);
    const shown = ({ totals, week, series }: UsageChartDto) => ({ totals, week, series });
    expect((await chartsOf(app)).map(shown)).toEqual(later.map(shown));
    expect(keyed(await modelsOf(app))).toEqual(models);
    expect(await endpointTrends(app)).toEqual(endpoints);
  }, 60_000);
});

/** What charts show of everybody, of one model and of a crowd, by day and by month. */
async function chartsOf(app: TestApplication) {
  const charts = app.context.get(UsageChartService);
  const crowd = { ownerKind: 'user', ownerIds: CROWD } as const;
  const all = { ownerKind: 'user' } as const;
  const found: UsageChartDto[] = [];
  for (const [days, zone, metric] of CHARTS) {
    const period = { from: NOW_MS - days * DAY_MS, to: NOW_MS, zone: new TimeZone(zone) };
    for (const filter of [{}, { model: 'model-2' }, crowd, { ...crowd, model: 'model-2' }, all]) {
      found.push(await charts.chart(period, metric, filter));
    }
  }
  return found;
}

/** How many requests went to each endpoint on each of sixty days. */
function endpointTrends(app: TestApplication) {
  const range = { from: startOfDay(NOW_MS - 60 * DAY_MS), to: startOfDay(NOW_MS) };
  const keys = ['http://backend-0', 'http://backend-1', 'http://backend/v1'];
  const wanted = { dimension: 'endpoint', keys, metric: 'requests' } as const;
  return app.context.get(UsageTrendsService).of(wanted, range, {});
}

const startOfDay = (ms: number) => ms - (ms % DAY_MS);

/** What a crowd used in sixty days, by model. */
function modelsOf(app: TestApplication) {
  const range = { from: NOW_MS - 60 * DAY_MS, to: NOW_MS };
  const crowd = { ownerKind: 'user', ownerIds: CROWD } as const;
  return app.context.get(UsageReportService).by('model', range, crowd);
}

describe.each(DIALECTS)('reports on %s', (dialect) => {
  it('agree with the records, for any period, zone and dimension', async () => {
    await using app = await TestApplication.start(dialect);
    const records = mixture(2_000);
    await app.context.get(RequestLogRepository).append(records);
    const report = app.context.get(UsageReportService);
    for (const [name, start, end] of RANGES) {
      const range = { from: NOW_MS - start * HOUR_MS, to: NOW_MS - end * HOUR_MS };
      const inside = records.filter(
        ({ startedAt }) => startedAt.getTime() >= range.from && startedAt.getTime() < range.to,
      );
      const total = await report.total(range, {});
      expect([name, total.requests, total.cost]).toEqual([name, inside.length, costOf(inside)]);
      const people = inside.filter(({ userId }) => userId !== null);
      const byPerson = await report.by('owner', range, { ownerKind: 'user' });
      expect(keyed(byPerson)).toEqual(grouped(people, ({ userId }) => userId!));
      const page = { dimension: 'owner', metric: 'cost', order: 'desc', page: 1 } as const;
      const ranked = await report.ranked({ ...page, pageSize: 3 }, range, { ownerKind: 'user' });
      expect(ranked.total).toBe(byPerson.length);
      expect(keyed(ranked.items)).toEqual(keyed(byPerson.slice(0, 3)));
      const own = { ownerKind: 'client', ownerIds: [OWNERS[6]!] } as const;
      const mine = inside.filter(({ clientId }) => clientId === OWNERS[6]);
      expect(keyed(await report.by('model', range, own))).toEqual(grouped(mine, modelOf));
      expect(keyed(await report.by('model', range, {}))).toEqual(grouped(inside, modelOf));
      const crowd = { ownerKind: 'user', ownerIds: CROWD } as const;
      const theirs = people.filter(({ userId }) => CROWD.includes(userId!));
      expect(keyed(await report.by('model', range, crowd))).toEqual(grouped(theirs, modelOf));
      for (const sums of [await report.total(range, crowd), await report.totalOf(range, crowd)]) {
        expect([sums.requests, sums.cost]).toEqual([theirs.length, costOf(theirs)]);
      }
      const trends = app.context.get(UsageTrendsService);
      for (const [of, asked, expected] of [
        ['owner', { ownerKind: 'user' }, grouped(people, ({ userId }) => userId!)],
        ['model', {}, grouped(inside, modelOf)],
        ['model', own, grouped(mine, modelOf)],
        ['key', { ownerIds: OWNERS }, grouped(inside, keyOf)],
        ['endpoint', {}, grouped(inside, endpointOf)],
        ['endpoint', own, grouped(mine, endpointOf)],
      ] as const) {
        const wanted = { dimension: of, keys: [...expected.keys()], metric: 'requests' } as const;
        const found = await trends.of(wanted, range, asked);
        expect([name, of, sumsOf(found!)]).toEqual([name, of, requestsOf(expected)]);
      }
      expect(
        await trends.of({ dimension: 'model', keys: ['model-1'], metric: 'cost' }, range, crowd),
      ).toBeNull();
      const halves = await report.byLabel(range, { ownerKind: 'user' }, halfOf);
      expect(keyed([...halves].map(([key, sums]) => ({ key, sums })))).toEqual(
        grouped(people, ({ userId }) => halfOf(userId!)),
      );
    }
  }, 60_000);

  it('put each hour into the local day it begins in', async () => {
    await using app = await TestApplication.start(dialect);
    const records = mixture(500);
    await app.context.get(RequestLogRepository).append(records);
    for (const name of ZONES) {
      const zone = new TimeZone(name);
      const period = { from: NOW_MS - 60 * DAY_MS, to: NOW_MS, zone };
      const local = new Intl.DateTimeFormat('sv-SE', { timeZone: name, dateStyle: 'short' });
      const inside = records.filter(
        ({ startedAt }) => startedAt.getTime() >= period.from && startedAt.getTime() < NOW_MS,
      );
      const days = await app.context.get(UsageReportService).series(period, 'day', {});
      expect(keyed(days.filter(({ sums }) => sums.requests > 0))).toEqual(
        grouped(inside, ({ startedAt }) => local.format(startedAt)),
      );
      expect(days.length).toBeGreaterThanOrEqual(60);
    }
  }, 60_000);
});

describe.each(DIALECTS)('the log of requests on %s', (dialect) => {
  it('is read in pages without a gap, and in full', async () => {
    await using app = await TestApplication.start(dialect);
    const records = mixture(700);
    await app.context.get(RequestLogRepository).append(records);
    const log = app.context.get(RequestSearchService);
    const range = { from: NOW_MS - 70 * DAY_MS, to: NOW_MS };
    const filter = { ownerKind: 'user', ownerIds: [OWNERS[2]!] } as const;
    const wanted = records
      .filter(({ userId, startedAt }) => userId === OWNERS[2] && startedAt.getTime() < NOW_MS)
      .sort((one, other) => other.startedAt.getTime() - one.startedAt.getTime())
      .map(({ id }) => id);
    const paged: string[] = [];
    let after: string | undefined;
    do {
      const page = await log.page(range, filter, { after, limit: 7 });
      paged.push(...page.items.map(({ id }) => id));
      after = page.next ?? undefined;
    } while (after !== undefined);
    expect(paged).toEqual(wanted);
    const all: string[] = [];
    for await (const rows of log.all(range, filter)) all.push(...rows.map(({ id }) => id));
    expect(all).toEqual([...wanted].reverse());
    const crowd = await log.page(range, { ...filter, ownerIds: CROWD }, { limit: 200 });
    const theirs = records.filter(
      ({ userId, startedAt }) => CROWD.includes(userId!) && startedAt.getTime() < NOW_MS,
    );
    expect(crowd.items.length).toBe(Math.min(200, theirs.length));
    expect(crowd.items.every(({ userId }) => CROWD.includes(userId!))).toBe(true);
    const { items } = await log.page(range, { outcome: 'cancelled' }, { limit: 200 });
    expect(items.length).toBe(
      records.filter(
        ({ outcome, startedAt }) => outcome === 'cancelled' && startedAt.getTime() < NOW_MS,
      ).length,
    );
  });

  it('loses what is too old, and the sums stay', async () => {
    await using app = await TestApplication.start(dialect, {
      extra: 'retention: { request_log_days: 30 }\n',
    });
    const clock = app.context.get(ClockService);
    clock.nowMs = () => NOW_MS;
    const records = mixture(2_600);
    await app.context.get(RequestLogRepository).append(records);
    const old = records.filter(({ startedAt }) => startedAt.getTime() < NOW_MS - 30 * DAY_MS);
    expect(old.length).toBeGreaterThan(1_000);
    expect(await app.context.get(OldRequestsService).remove()).toBe(old.length);
    expect(await app.context.get(OldRequestsService).remove()).toBe(0);
    const range = { from: NOW_MS - 70 * DAY_MS, to: NOW_MS + HOUR_MS };
    expect((await app.context.get(UsageReportService).total(range, {})).requests).toBe(2_600);
    const left: string[] = [];
    for await (const rows of app.context.get(RequestSearchService).all(range, {})) {
      left.push(...rows.map(({ id }) => id));
    }
    expect(left).toHaveLength(2_600 - old.length);
    const [counters] = await app.context
      .get(KeyCountersService)
      .of({ ownerKind: 'user', ownerId: OWNERS[1]!, keyIds: [KEYS[1]!] });
    expect(counters?.requests).toBe(records.filter(({ apiKeyId }) => apiKeyId === KEYS[1]).length);
  });
});

const modelOf = ({ errorCode, model }: RequestRecord) =>
  errorCode === 'model_not_found' ? '' : model;
const keyOf = ({ apiKeyId }: RequestRecord) => apiKeyId ?? '';
const endpointOf = ({ endpoint }: RequestRecord) => endpoint ?? '';
const costOf = (records: readonly RequestRecord[]) =>
  records.reduce((sum, { cost }) => sum + (cost ?? 0n), 0n);

const keyed = (items: readonly { key: string; sums: { requests: number; cost: bigint } }[]) =>
  new Map(items.map(({ key, sums }) => [key, [sums.requests, sums.cost]]));

const requestsOf = (sums: ReadonlyMap<string, [number, bigint]>) =>
  new Map([...sums].map(([key, [requests]]) => [key, requests]));

const sumsOf = (trends: ReadonlyMap<string, readonly number[]>) =>
  new Map([...trends].map(([key, values]) => [key, values.reduce((one, two) => one + two, 0)]));

function grouped(records: readonly RequestRecord[], keyOf: (record: RequestRecord) => string) {
  const found = new Map<string, [number, bigint]>();
  for (const record of records) {
    const [requests, cost] = found.get(keyOf(record)) ?? [0, 0n];
    found.set(keyOf(record), [requests + 1, cost + (record.cost ?? 0n)]);
  }
  return found;
}
