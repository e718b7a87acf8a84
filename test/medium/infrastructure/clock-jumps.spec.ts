import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ExpiredSessions } from '../../../server/src/auth/expired-sessions.js';
import { RefreshService } from '../../../server/src/budgets/refresh/refresh.service.js';
import { Conversation } from '../../../server/src/chat/conversations/conversation.entity.js';
import { OldConversationsService } from '../../../server/src/chat/retention/old-conversations.service.js';
import { SearchIndexService } from '../../../server/src/chat/search/search-index.service.js';
import { ClockService } from '../../../server/src/infrastructure/clock/clock.service.js';
import { OldRequestsService } from '../../../server/src/usage/log/old-requests.service.js';
import { RequestLog } from '../../../server/src/usage/log/request-log.entity.js';
import { keepChat } from '../../support/chat/kept-chats.js';
import { CountingUpstream } from '../../support/counting-upstream.js';
import { InProcessLumen } from '../../support/lumen/in-process.js';
import { configurationText, DIALECTS } from '../../support/lumen/lumen-server.js';
import { until } from '../../support/until.js';

const EMAIL = 'dev@example.com';
const COIN = 1_000_000_000;
const HOUR_MS = 3_600_000;
const YEAR_MS = 365 * 24 * HOUR_MS;
const PRICES = { input_cost_per_million: 0, output_cost_per_million: 1_000_000 };

describe.each(DIALECTS)('a clock that is set a year ahead, and back, on %s', (dialect) => {
  const running = new AsyncDisposableStack();
  /** What the clock and the one that is never set are ahead by. */
  const ahead = { clock: 0, monotonic: 0 };
  let lumen: InProcessLumen;
  let lasting: string;
  let ending: string;

  beforeAll(async () => {
    const upstream = running.use(await CountingUpstream.start());
    const endpoints = [{ url: upstream.url, api_key: 'none' }];
    const models = JSON.stringify([{ name: 'm', ...PRICES, endpoints }]);
    const extra = `
users:
  ${EMAIL}: { max: 100, refresh: 1, starting: 50 }
retention: { chat_days: 30, request_log_days: 30 }
`;
    const configure = (url: string) => configurationText(url, { models, extra });
    lumen = running.use(await InProcessLumen.start(dialect, configure));
    const clock = lumen.app.get(ClockService);
    clock.nowMs = () => Date.now() + ahead.clock + ahead.monotonic;
    clock.now = () => new Date(clock.nowMs());
    clock.monotonicMs = () => performance.now() + ahead.monotonic;
    const keyOf = async (settings: object) =>
      ((await lumen.ask('POST', '/api/keys', settings)).body as { key: string }).key;
    lasting = await keyOf({ name: 'lasting' });
    const expiresAt = new Date(Date.now() + YEAR_MS / 12).toISOString();
    ending = await keyOf({ name: 'ending', expiresAt });
    const me = await lumen.ask('GET', '/api/me');
    const { id } = me.body as { id: string };
    const chat = { title: 'T', said: ['Hello', 'Hi'], startedAtMs: Date.now() };
    await keepChat(lumen.dataSource, lumen.app.get(SearchIndexService), id, chat);
  }, 60_000);

  afterAll(() => running.disposeAsync());

  const chat = async (key: string) => {
    const headers = { authorization: `Bearer ${key}` };
    const payload = { model: 'm', max_tokens: 5, messages: [{ role: 'user', content: 'x' }] };
    const request = { method: 'POST', url: '/v1/chat/completions', headers, payload } as const;
    return (await lumen.app.inject(request)).statusCode;
  };
  const pages = async () => (await lumen.ask('GET', '/api/me')).status;
  const balance = async () => {
    const [pool] = await lumen.dataSource.query<[{ balance: number }]>('SELECT balance FROM pools');
    return Number(pool.balance) / COIN;
  };
  /** All that the hour brings. */
  const anHourPasses = async () => {
    await lumen.app.get(RefreshService).refreshAll();
    await lumen.app.get(ExpiredSessions).remove();
    await lumen.app.get(OldConversationsService).removeOldInBackground();
    await lumen.app.get(OldRequestsService).removeInBackground();
  };
  const kept = async () => {
    const [conversations, requests] = await Promise.all([
      lumen.dataSource.getRepository(Conversation).count(),
      lumen.dataSource.getRepository(RequestLog).count(),
    ]);
    return { conversations, requests };
  };

  it('serves tools and books meanwhile; what ends by the clock has ended; nothing is removed', async () => {
    expect([await pages(), await chat(lasting), await chat(ending)]).toEqual([200, 200, 200]);
    await until(async () => (await balance()) === 40);
    ahead.clock = YEAR_MS;
    expect([await pages(), await chat(lasting), await chat(ending)]).toEqual([401, 200, 401]);
    await until(async () => (await kept()).requests === 3);
    await anHourPasses();
    expect(await balance()).toBe(100);
    expect(await kept()).toEqual({ conversations: 1, requests: 3 });
  });

  it('is as if nothing had been, once it is set back: sessions, keys and books go on', async () => {
    ahead.clock = 0;
    await anHourPasses();
    expect([await pages(), await chat(lasting), await chat(ending)]).toEqual([200, 200, 200]);
    await until(async () => (await balance()) === 90);
    await anHourPasses();
    expect(await balance()).toBe(90);
    expect(await kept()).toMatchObject({ conversations: 1 });
  });

  it('is believed after a day in which nobody has set it back', async () => {
    ahead.clock = YEAR_MS;
    await anHourPasses();
    expect(await kept()).toMatchObject({ conversations: 1 });
    ahead.monotonic = 23 * HOUR_MS;
    await anHourPasses();
    expect(await kept()).toMatchObject({ conversations: 1 });
    ahead.monotonic = 25 * HOUR_MS;
    await anHourPasses();
    expect((await kept()).conversations).toBe(0);
  });
});
