import { RequestLogRepository } from '../../../server/src/usage/log/request-log.repository.js';
import { periodBefore, readPeriod } from '../../../server/src/usage/reports/usage-period.js';
import { UsageReportService } from '../../../server/src/usage/reports/usage-report.service.js';
import { FoldingService } from '../../../server/src/usage/rollups/folding.service.js';
import { InProcessLumen } from '../lumen/in-process.js';
import { type Dialect } from '../lumen/lumen-server.js';
import { clientId, fillUsage, personId, type University } from './log-of-a-university.js';
import { requestRecord } from './records.js';

export interface UsageFigures {
  fillS: number;
  /** The whole answer over HTTP; the quickest of some, as everywhere: others use the machine, too. */
  pagesMs: Record<string, number>;
  /** The month view of the service alone. */
  serviceMs: number;
  /** Microseconds a row, in batches of 100 by 100 people. */
  insertUs: Record<Age, number>;
}

/** Nothing is there; today's requests alone; or all of them. */
type Age = 'empty' | 'young' | 'full';

const HOUR_MS = 3_600_000;
const TIMES = 5;
const BATCH = 100;

const PAGES = {
  'month, people': 'period=30d&tz=Europe/Berlin&by=user',
  'month, people, page 20': 'period=30d&tz=Europe/Berlin&by=user&page=20',
  'calendar month, people': 'period=month&tz=Europe/Berlin&by=user',
  'month, clients': 'period=30d&tz=Europe/Berlin&by=client',
  'month, models': 'period=30d&tz=Europe/Berlin&by=model',
  'month, endpoints': 'period=30d&tz=Europe/Berlin&by=endpoint',
  'month, people of a model': 'period=30d&tz=Europe/Berlin&by=user&model=model-7',
  'month, models of a person': `period=30d&tz=Europe/Berlin&by=model&user=${personId(17)}`,
  'week by hour, people': 'period=7d&tz=America/New_York&by=user&series=hour',
};

const CHARTS = {
  'chart of a month': 'chart?period=30d&tz=Europe/Berlin',
  'chart of a day': 'chart?period=24h&tz=Europe/Berlin&metric=requests',
  'chart of a month of a model': 'chart?period=30d&tz=Europe/Berlin&model=model-7',
  'chart of a month of a person': `chart?period=30d&tz=Europe/Berlin&user=${personId(17)}`,
  'active people of a month': 'people?period=30d&tz=Europe/Berlin',
};

const ADDRESSES = new Map([
  ...Object.entries(PAGES).map(([name, query]) => [name, `/api/admin/usage?${query}`] as const),
  ...Object.entries(CHARTS).map(([name, path]) => [name, `/api/admin/usage/${path}`] as const),
  ['overview', '/api/admin/overview?tz=Europe/Berlin'],
]);

/** Builds a log of this size and asks what administrators ask; throws if an answer is not 200. */
export async function measureUsage(
  dialect: Dialect,
  place: Omit<University, 'untilMs'>,
  inserted: number,
): Promise<UsageFigures> {
  const untilMs = Date.now() - (Date.now() % HOUR_MS) + HOUR_MS;
  await using lumen = await InProcessLumen.start(dialect, configuration);
  const startedMs = performance.now();
  await fillUsage(lumen.dataSource, dialect, { ...place, untilMs });
  await workInBackground(lumen);
  const fillS = (performance.now() - startedMs) / 1000;
  const pagesMs: Record<string, number> = {};
  for (const [name, address] of ADDRESSES) {
    pagesMs[name] = await quickestOf(async () => {
      const answer = await lumen.ask('GET', address);
      if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
      return answer.tookMs;
    });
  }
  const serviceMs = await quickestOf(() => monthView(lumen, untilMs));
  await using empty = await InProcessLumen.start(dialect, configuration);
  await using young = await InProcessLumen.start(dialect, configuration);
  const today = { ...place, days: 1, requests: Math.ceil(place.requests / place.days) };
  await fillUsage(young.dataSource, dialect, { ...today, untilMs });
  const insertUs = await insertInTurns({ empty, young, full: lumen }, inserted, untilMs - 1);
  return { fillS, pagesMs, serviceMs, insertUs };
}

/** What a place that has been used day by day has behind it; here it is two months at once. */
async function workInBackground(lumen: InProcessLumen): Promise<void> {
  const folding = lumen.app.get(FoldingService);
  await folding.pack();
  await folding.keepLatencies();
}

async function monthView(lumen: InProcessLumen, untilMs: number): Promise<number> {
  const report = lumen.app.get(UsageReportService);
  const period = readPeriod({ period: '30d', tz: 'Europe/Berlin' }, untilMs - 1);
  const page = {
    dimension: 'owner',
    metric: 'cost',
    order: 'desc',
    page: 1,
    pageSize: 50,
  } as const;
  const startedMs = performance.now();
  await report.series(period, 'day', {});
  await report.total(periodBefore(period), {});
  await report.ranked(page, period, { ownerKind: 'user' });
  return performance.now() - startedMs;
}

/** In turns, so that a busy machine is as busy for the one as for the other; medians of the batches. */
async function insertInTurns(
  places: Record<Age, InProcessLumen>,
  count: number,
  atMs: number,
): Promise<Record<Age, number>> {
  const found: Record<Age, number[]> = { empty: [], young: [], full: [] };
  for (let start = 0; start < count; start += BATCH) {
    for (const age of ['empty', 'young', 'full'] as const) {
      found[age].push(await insertBatch(places[age], start, atMs));
    }
  }
  const { empty, young, full } = found;
  return { empty: medianOf(empty), young: medianOf(young), full: medianOf(full) };
}

/** Microseconds a row. */
async function insertBatch(lumen: InProcessLumen, start: number, atMs: number): Promise<number> {
  const records = Array.from({ length: BATCH }, (_, n) => {
    const person = (start + n) * 7;
    return requestRecord({
      startedAt: new Date(atMs),
      userId: n % 5 === 0 ? null : personId(person % 1_000),
      clientId: n % 5 === 0 ? clientId(person % 200) : null,
      model: `model-${person % 30}`,
    });
  });
  const startedMs = performance.now();
  await lumen.app.get(RequestLogRepository).append(records);
  return ((performance.now() - startedMs) * 1_000) / BATCH;
}

const medianOf = (values: readonly number[]) =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)]!;

async function quickestOf(measure: () => Promise<number>): Promise<number> {
  const found: number[] = [];
  for (let time = 0; time < TIMES; time += 1) found.push(await measure());
  return Math.min(...found);
}

const configuration = (databaseUrl: string) => `
app:
  secret_key: test-secret-test-secret-test-secret-test
  encryption_key: test-encryption-test-encryption-test-enc
  database_url: ${databaseUrl}
  debug: true
  dev_user: dev@example.com
admins: [dev@example.com]
log: { level: error }
models:
  - name: dummy
    input_cost_per_million: 1
    output_cost_per_million: 1
    endpoints: [{ url: "http://127.0.0.1:9/v1", api_key: none }]
`;
