import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CountingUpstream } from '../../support/counting-upstream.js';
import { InProcessLumen } from '../../support/lumen/in-process.js';
import { configurationText } from '../../support/lumen/lumen-server.js';
import { until } from '../../support/until.js';

const EMAIL = 'dev@example.com';
const COIN = 1_000_000_000;

/** SQLite takes the limit of its pages for the end of the disk: the same error, at the same places. */
describe('a disk that is full', () => {
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
    const extra = `users:\n  ${EMAIL}: { max: 1000 }\n`;
    lumen = running.use(
      await InProcessLumen.start('sqlite', (url) => configurationText(url, { models, extra })),
    );
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
  const query = <T>(sql: string) => lumen.dataSource.query<T>(sql);
  const fill = async () => {
    const [pages] = await query<[{ page_count: number }]>('PRAGMA page_count');
    await query('CREATE TABLE filler (bytes blob)');
    await query(`PRAGMA max_page_count = ${pages.page_count + 20}`);
    for (const bytes of [4_000, 400, 40, 4]) {
      const more = () => query(`INSERT INTO filler VALUES (zeroblob(${bytes}))`).then(() => true);
      while (await more().catch(() => false));
    }
  };
  const balance = async () => {
    const [pool] = await query<{ balance: number; held: number }[]>(
      'SELECT balance, held FROM pools',
    );
    return { balance: Number(pool!.balance) / COIN, held: Number(pool!.held) };
  };

  it('refuses in words what would have to be written down, and serves the rest', async () => {
    expect((await chat()).status).toBe(200);
    await fill();
    // The last pages of the tables have room for some more.
    let last = await chat();
    for (; last.status === 200; last = await chat()) acknowledged += 1;
    expect(last.status).toBe(503);
    expect(last.text).toContain('database_unavailable');
    expect(last.headers['retry-after']).toBe('5');
    expect((await lumen.ask('GET', '/api/me')).status).toBe(200);
    expect((await lumen.ask('GET', '/api/keys')).status).toBe(200);
    expect((await balance()).balance).toBeLessThanOrEqual(1_000 - 5 * (acknowledged + 1));
  }, 60_000);

  it('is forgotten once there is room: what was served is charged, and nothing else', async () => {
    await query('PRAGMA max_page_count = 1073741823');
    await query('DROP TABLE filler');
    expect((await chat()).status).toBe(200);
    await until(async () => (await balance()).held === 0, 30_000);
    const { balance: left } = await balance();
    expect(left).toBe(1_000 - 5 * upstream.served.size);
    expect(upstream.served.size).toBeGreaterThanOrEqual(acknowledged + 2);
  }, 60_000);
});
