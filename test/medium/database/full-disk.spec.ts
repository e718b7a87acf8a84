import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CountingUpstream } from '../../support/counting-upstream.js';
import { type FreshDatabase } from '../../support/databases.js';
import { InProcessLumen } from '../../support/lumen/in-process.js';
import { configurationText, type Dialect } from '../../support/lumen/lumen-server.js';
import { canMountDisk, databaseOnSmallDisk } from '../../support/small-disk.js';
import { until } from '../../support/until.js';

const EMAIL = 'dev@example.com';
const COIN = 1_000_000_000;

type Query = <T>(sql: string) => Promise<T>;

/** A disk that can be filled to its last byte, and emptied again. */
interface Disk {
  dialect: Dialect;
  database?: () => Promise<FreshDatabase>;
  fill: (query: Query) => Promise<void>;
  empty: (query: Query) => Promise<void>;
}

/** SQLite takes the limit of its pages for the end of the disk: the same error, at the same places. */
const limitedPages: Disk = {
  dialect: 'sqlite',
  async fill(query) {
    const [pages] = await query<[{ page_count: number }]>('PRAGMA page_count');
    await query('CREATE TABLE filler (bytes blob)');
    await query(`PRAGMA max_page_count = ${pages.page_count + 20}`);
    for (const bytes of [4_000, 400, 40, 4]) {
      await again(() => query(`INSERT INTO filler VALUES (zeroblob(${bytes}))`), /full/);
    }
  },
  async empty(query) {
    await query('PRAGMA max_page_count = 1073741823');
    await query('DROP TABLE filler');
  },
};

/** PostgreSQL's files on a real disk, small and full: error 53100. */
const smallDisk: Disk = {
  dialect: 'postgres',
  database: databaseOnSmallDisk,
  async fill(query) {
    // What a failed insert leaves is dead: a vacuum in the background would give megabytes of it back,
    // and so would one of the tables' own.
    await query('VACUUM');
    await query('CREATE TABLE filler (bytes text) WITH (autovacuum_enabled = false)');
    await query('ALTER TABLE filler ALTER bytes SET STORAGE PLAIN');
    for (const rows of [500, 10, 1]) {
      const more = `INSERT INTO filler SELECT repeat('x', 8000) FROM generate_series(1, ${rows})`;
      await again(() => query(more), /No space left on device/);
    }
  },
  empty: (query) => query('DROP TABLE filler'),
};

const DISKS = [limitedPages, ...(canMountDisk() ? [smallDisk] : [])];

describe.each(DISKS)('a disk that is full, on $dialect', (disk) => {
  const running = new AsyncDisposableStack();
  let upstream: CountingUpstream;
  let lumen: InProcessLumen;
  let key: string;
  let acknowledged = 0;

  beforeAll(async () => {
    upstream = running.use(await CountingUpstream.start());
    const endpoints = [{ url: upstream.url, api_key: 'none' }];
    const prices = { input_cost_per_million: 0, output_cost_per_million: 1_000_000 };
    const models = JSON.stringify([{ name: 'm', ...prices, endpoints }]);
    const extra = `users:\n  ${EMAIL}: { max: 10000 }\n`;
    const configure = (url: string) => configurationText(url, { models, extra });
    const given = await disk.database?.();
    lumen = running.use(await InProcessLumen.start(disk.dialect, configure, 0, given));
    const made = await lumen.ask('POST', '/api/keys', { name: 'test' });
    key = (made.body as { key: string }).key;
  }, 60_000);

  afterAll(() => running.disposeAsync());

  const chat = async () => {
    const answer = await lumen.app.inject({
      method: 'POST',
      url: '/v1/chat/completions',
      headers: { authorization: `Bearer ${key}` },
      payload: { model: 'm', max_tokens: 5, messages: [{ role: 'user', content: 'x' }] },
    });
    return { status: answer.statusCode, headers: answer.headers, text: answer.payload };
  };
  const query: Query = (sql) => lumen.dataSource.query(sql);
  const balance = async () => {
    const [pool] = await query<{ balance: number; held: number }[]>(
      'SELECT balance, held FROM pools',
    );
    return { balance: Number(pool!.balance) / COIN, held: Number(pool!.held) };
  };

  it('refuses in words what would have to be written down, and serves the rest', async () => {
    expect((await chat()).status).toBe(200);
    await disk.fill(query);
    // The last pages of the tables have room for some more.
    let last = await chat();
    for (; last.status === 200; last = await chat()) acknowledged += 1;
    expect(last.status).toBe(503);
    expect(last.text).toContain('database_unavailable');
    expect(last.headers['retry-after']).toBe('5');
    expect((await lumen.ask('GET', '/api/me')).status).toBe(200);
    expect((await lumen.ask('GET', '/api/keys')).status).toBe(200);
    expect((await balance()).balance).toBeLessThanOrEqual(10_000 - 5 * (acknowledged + 1));
  }, 60_000);

  it('is forgotten once there is room: what was answered is charged, and nothing else', async () => {
    await disk.empty(query);
    expect((await chat()).status).toBe(200);
    await until(async () => (await balance()).held === 0, 30_000);
    const { balance: left } = await balance();
    // The first, those while there was room in the last pages, and the one just now.
    const answered = acknowledged + 2;
    expect(left).toBe(10_000 - 5 * answered);
    expect(upstream.served.size).toBeGreaterThanOrEqual(answered);
    const isLogged = async () => {
      const rows = await query<{ status: number; cost: string | null }[]>(
        'SELECT status, cost FROM request_log',
      );
      return rows.map(({ status, cost }) => [Number(status), cost !== null]);
    };
    await until(async () => (await isLogged()).length > answered, 30_000);
    for (const [status, isCharged] of await isLogged()) expect(isCharged).toBe(status === 200);
  }, 60_000);
});

/** Until the disk is full, which is told by the error. */
async function again(insert: () => Promise<unknown>, isFull: RegExp): Promise<void> {
  for (;;) {
    try {
      await insert();
    } catch (error) {
      expect(String(error)).toMatch(isFull);
      return;
    }
  }
}
