import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BrowserSession } from '../support/lumen/browser-session.js';
import { DIALECTS, type LumenServer } from '../support/lumen/lumen-server.js';
import { modelWith } from '../support/lumen/models.js';
import { requestLogOf } from '../support/lumen/request-log.js';
import { withoutTable } from '../support/lumen/server-database.js';
import { sessionOf, startAs } from '../support/lumen/session-of.js';
import { ScriptedUpstream } from '../support/scripted-upstream.js';

const NOTHING = { count: 0, p50Ms: null, p95Ms: null };

interface Sums {
  requests: number;
  promptTokens: number;
  cost: string;
}

interface Usage {
  totals: Sums;
  previous: Sums;
  items: (Sums & { key: string; name?: string | null })[];
  series: (Sums & { key: string })[];
  total: number;
}

interface Requests {
  items: { id: string; model: string; userEmail?: string; endpoint?: string }[];
  next: string | null;
}

interface Chart {
  bucket: string;
  buckets: string[];
  totals: Sums;
  change: { requests: number | null };
  series: { model: string | null; values: number[] }[];
  otherModels: number;
  week: number[];
  subject: object | null;
}

interface Overview {
  today: Sums;
  yesterday: Sums;
  models: number;
  troubled: object[];
  failing: object[];
}

interface Rows {
  items: { key: string; trend: number[] | null; coins?: { kind: string } | null }[];
}

interface Quantiles {
  count: number;
  p50Ms: number | null;
  p95Ms: number | null;
}

interface Latencies {
  total: { whole: Quantiles } | null;
  models: { model: string; whole: Quantiles }[];
}

interface Outlook {
  month: { spent: string; projected: string; paceDays: number };
  people: { before: number; joined: number[] } | null;
}

const sum = (values: readonly number[]) => values.reduce((one, other) => one + other, 0);

async function read<T>(answer: Promise<Response>): Promise<T> {
  const response = await answer;
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${response.status}: ${text}`);
  return JSON.parse(text) as T;
}

describe.each(DIALECTS)('usage on %s', (dialect) => {
  const running = new AsyncDisposableStack();
  let server: LumenServer;
  let admin: BrowserSession;
  let ada: BrowserSession;
  let mallory: BrowserSession;
  let key: string;

  beforeAll(async () => {
    const upstream = running.use(await ScriptedUpstream.start());
    // So that something is spent.
    const models = modelWith('m', { url: upstream.url }).replace(
      '"input_cost_per_million":0',
      '"input_cost_per_million":1',
    );
    const options = { dialect, models };
    server = running.use(await startAs('admin@example.com', options));
    admin = await BrowserSession.start(server);
    ada = await sessionOf('ada@example.com', server, options);
    mallory = await sessionOf('mallory@example.com', server, options);
    const made = await ada.fetch('/api/keys', 'POST', { name: 'tool' });
    ({ key } = (await made.json()) as { key: string });
    for (let n = 0; n < 3; n += 1) {
      const answer = await fetch(`${server.url}/v1/chat/completions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ model: 'm', messages: [{ role: 'user', content: 'Hi' }] }),
      });
      expect(answer.status).toBe(200);
      await answer.text();
    }
    await requestLogOf(server, 3);
  }, 120_000);

  afterAll(() => running.disposeAsync());

  it('shows people their own, by session and by key', async () => {
    const mine = await read<Usage>(ada.fetch('/api/usage?period=7d&by=model&tz=Asia/Tokyo'));
    expect(mine.totals.requests).toBe(3);
    expect(mine.items.map((item) => [item.key, item.requests])).toEqual([['m', 3]]);
    const headers = { authorization: `Bearer ${key}` };
    const byKey = await read<Usage>(fetch(`${server.url}/api/usage?by=day`, { headers }));
    expect(byKey.totals).toEqual(mine.totals);
    const first = await read<Requests>(ada.fetch('/api/usage/requests?limit=2'));
    const rest = await read<Requests>(ada.fetch(`/api/usage/requests?after=${first.next}`));
    expect([first.items.length, rest.items.length, rest.next]).toEqual([2, 1, null]);
    expect(Object.keys(first.items[0]!)).not.toContain('endpoint');
  });

  it('never shows anybody another’s, whatever is asked for', async () => {
    const { items } = await read<Usage>(admin.fetch('/api/admin/usage?by=user'));
    const adaId = items.find(({ name }) => name === 'ada@example.com')!.key;
    const { items: keys } = await read<Usage>(ada.fetch('/api/usage?by=key'));
    const keyId = keys[0]!.key;
    const own = await read<Usage>(mallory.fetch(`/api/usage?by=day&key=${keyId}`));
    expect(own.totals.requests).toBe(0);
    const log = await read<Requests>(mallory.fetch(`/api/usage/requests?key=${keyId}`));
    expect(log.items).toEqual([]);
    for (const name of ['user', 'userId', 'ownerId', 'owner']) {
      const refused = await mallory.fetch(`/api/usage?${name}=${adaId}`);
      expect([name, refused.status]).toEqual([name, 400]);
    }
    const after = (await read<Requests>(ada.fetch('/api/usage/requests?limit=1'))).next!;
    expect(
      (await read<Requests>(mallory.fetch(`/api/usage/requests?after=${after}`))).items,
    ).toEqual([]);
    for (const path of ['', '/requests', '/export']) {
      expect((await mallory.fetch(`/api/admin/usage${path}`)).status).toBe(403);
    }
    expect((await mallory.fetch('/api/usage/export?detail=requests')).status).toBe(200);
    expect((await fetch(`${server.url}/api/usage`)).status).toBe(401);
  });

  it('of a client is shown to who manages it, and does not exist for others', async () => {
    const wanted = { name: 'bot', description: '', ownerEmail: 'ada@example.com' };
    const made = await admin.fetch('/api/admin/clients', 'POST', wanted);
    const { id } = (await made.json()) as { id: string };
    for (const path of [`/api/clients/${id}/usage`, `/api/clients/${id}/usage/requests`]) {
      expect((await ada.fetch(path)).status).toBe(200);
      expect((await mallory.fetch(path)).status).toBe(404);
    }
    const usage = await read<Usage>(ada.fetch(`/api/clients/${id}/usage?by=day`));
    expect(usage.totals.requests).toBe(0);
  });

  it('shows administrators everybody’s, by all that it is counted by', async () => {
    for (const by of ['user', 'group', 'client', 'model', 'key', 'endpoint', 'source']) {
      const usage = await read<Usage>(admin.fetch(`/api/admin/usage?by=${by}&period=30d`));
      expect([by, usage.totals.requests, usage.previous.requests]).toEqual([by, 3, 0]);
      expect([by, usage.total]).toEqual([by, by === 'client' ? 0 : 1]);
      if (by === 'user') expect(usage.items[0]!.name).toBe('ada@example.com');
      if (by === 'key') expect(usage.items[0]!.name).toBe('tool');
      if (by === 'group') expect(usage.items[0]!.key).toBe('default');
    }
    const ofGroup = await read<Usage>(admin.fetch('/api/admin/usage?group=default&by=model'));
    expect(ofGroup.items.map((item) => [item.name, item.requests])).toEqual([['m', 3]]);
    const log = await read<Requests>(admin.fetch('/api/admin/usage/requests?limit=1'));
    expect(log.items[0]!.userEmail).toBe('ada@example.com');
    expect(log.items[0]!.endpoint).toContain('http');
  });

  it('charts it by model, to each their own and to administrators everybody’s', async () => {
    const path = 'chart?period=24h&metric=requests&tz=Asia/Tokyo';
    const own = await read<Chart>(ada.fetch(`/api/usage/${path}`));
    expect([own.bucket, own.buckets.length, own.totals.requests]).toEqual(['hour', 24, 3]);
    expect(own.series.map(({ model, values }) => [model, sum(values)])).toEqual([['m', 3]]);
    expect([own.week.length, sum(own.week), own.otherModels]).toEqual([168, 3, 0]);
    expect(own.change.requests).toBeNull();
    const others = await read<Chart>(mallory.fetch(`/api/usage/${path}`));
    expect([others.series, sum(others.week)]).toEqual([[], 0]);
    const all = await read<Chart>(admin.fetch(`/api/admin/usage/${path}&group=default`));
    expect(all.series).toEqual(own.series);
    expect(all.subject).toEqual({ kind: 'group', id: 'default', name: 'default' });
    for (const refused of ['usage/chart', 'usage/people', 'overview']) {
      expect((await mallory.fetch(`/api/admin/${refused}`)).status).toBe(403);
    }
  });

  it('follows the rows of a table over time, and says what is left of budgets', async () => {
    const own = await read<Rows>(ada.fetch('/api/usage/trends?by=model&of=m&metric=requests'));
    expect(own.items.map(({ key: model, trend }) => [model, sum(trend!)])).toEqual([['m', 3]]);
    expect(own.items[0]!.trend).toHaveLength(30);
    const others = await read<Rows>(mallory.fetch('/api/usage/trends?by=model&of=m&period=24h'));
    expect(sum(others.items[0]!.trend!)).toBe(0);
    const { items } = await read<Usage>(admin.fetch('/api/admin/usage?by=user&series=none'));
    const rows = `/api/admin/usage/rows?by=user&metric=requests&of=${items[0]!.key}`;
    const people = await read<Rows>(admin.fetch(rows));
    expect(people.items.map(({ trend }) => sum(trend!))).toEqual([3]);
    expect(people.items[0]!.coins?.kind).toBeDefined();
    expect((await mallory.fetch(rows)).status).toBe(403);
    for (const by of ['key', 'endpoint'] as const) {
      const all = await read<Usage>(admin.fetch(`/api/admin/usage?by=${by}&series=none`));
      const [dearest] = all.items;
      const of = encodeURIComponent(dearest!.key);
      const path = `/api/admin/usage/rows?by=${by}&metric=requests&of=${of}`;
      const [row] = (await read<Rows>(admin.fetch(path))).items;
      expect([by, sum(row!.trend!), row!.coins]).toEqual([by, dearest!.requests, null]);
    }
    const gone = `/api/admin/usage/rows?by=key&of=${items[0]!.key}`;
    expect((await read<Rows>(admin.fetch(gone))).items[0]!.trend).toBeNull();
    for (const wrong of ['%00', '', Array.from({ length: 26 }, () => 'm').join('&of=')]) {
      const answer = await admin.fetch(`/api/admin/usage/rows?by=model&of=${wrong}`);
      expect([wrong, answer.status]).toEqual([wrong, wrong === '' ? 200 : 400]);
    }
    const none = await admin.fetch('/api/admin/usage/rows?by=user');
    expect([none.status, await none.text()]).toEqual([400, expect.stringContaining('of names')]);
  });

  it('tells what the month will cost and who came, carrying those who were there', async () => {
    const outlook = await read<Outlook>(admin.fetch('/api/admin/usage/outlook?period=24h'));
    const { spent, projected, paceDays } = outlook.month;
    expect(Number(spent)).toBeGreaterThan(0);
    expect(Number(projected)).toBeGreaterThanOrEqual(Number(spent));
    expect(paceDays).toBe(1);
    expect([outlook.people!.before, sum(outlook.people!.joined)]).toEqual([0, 3]);
    const later = new Date(Date.now() + 3_600_000).toISOString();
    const end = new Date(Date.now() + 90 * 86_400_000).toISOString();
    const path = `/api/admin/usage/outlook?from=${later}&to=${end}`;
    expect((await read<Outlook>(admin.fetch(path))).people!.before).toBe(3);
    const ofModel = await read<Outlook>(admin.fetch('/api/admin/usage/outlook?model=m'));
    expect(ofModel.people).toBeNull();
    expect((await mallory.fetch('/api/admin/usage/outlook')).status).toBe(403);
  });

  it('tells how long models take, and nothing of what is not told apart', async () => {
    const path = '/api/admin/usage/latencies';
    const { total, models } = await read<Latencies>(admin.fetch(`${path}?period=24h`));
    const [m] = models.filter(({ model }) => model === 'm');
    expect(m!.whole.count).toBeGreaterThan(0);
    expect(m!.whole.p95Ms).toBeGreaterThanOrEqual(m!.whole.p50Ms!);
    expect(total!.whole.count).toBe(models.reduce((count, { whole }) => count + whole.count, 0));
    const other = await read<Latencies>(admin.fetch(`${path}?model=other`));
    expect(other).toEqual({ total: { firstToken: NOTHING, whole: NOTHING }, models: [] });
    const ofKey = '?key=01900000-0000-7000-8000-000000000000';
    expect(await read<object>(admin.fetch(path + ofKey))).toEqual({ total: null, models: [] });
    expect((await mallory.fetch(path)).status).toBe(403);
  });

  it('counts people, and compares today with yesterday', async () => {
    const people = await read<object>(admin.fetch('/api/admin/usage/people?period=7d'));
    expect(people).toEqual({ active: 1, previous: 0, total: 3 });
    const client = await read<{ active: number }>(
      admin.fetch('/api/admin/usage/people?client=01900000-0000-7000-8000-000000000000'),
    );
    expect(client.active).toBe(0);
    const overview = await read<Overview>(
      admin.fetch(`/api/admin/overview?tz=${farFromMidnight()}`),
    );
    expect([overview.today.requests, overview.yesterday.requests]).toEqual([3, 0]);
    expect([overview.models, overview.troubled, overview.failing]).toEqual([1, [], []]);
  });

  it('writes files of the requests that are asked for, and says where it cannot', async () => {
    const failed = await admin.fetch('/api/admin/usage/export?detail=requests&outcome=failed');
    expect((await failed.text()).trim().split('\r\n')).toHaveLength(1);
    const done = await ada.fetch('/api/usage/export?detail=requests&status=200');
    expect((await done.text()).trim().split('\r\n')).toHaveLength(4);
    for (const session of [
      admin.fetch('/api/admin/usage/export?status=200'),
      ada.fetch('/api/usage/export?outcome=failed'),
    ]) {
      const answer = await session;
      const { error } = (await answer.json()) as { error: { details: { fields: object } } };
      expect([answer.status, Object.keys(error.details.fields)]).toEqual([400, ['detail']]);
    }
  });

  it.each([
    ['tz', 'tz=Middle/Earth'],
    ['from', 'from=2026-11-02T00:00:00Z&to=2026-11-01T00:00:00Z'],
    ['from', 'from=yesterday'],
    ['from', 'from=1926-11-02T00:00:00Z'],
    ['from', 'from=2010-11-02T00:00:00Z'],
    ['to', 'from=2026-11-02T00:00:00Z&to=2996-11-01T00:00:00Z'],
    ['period', 'period=forever'],
    ['by', 'by=colour'],
    ['key', 'key=1'],
  ])('names %s when it is asked for %s', async (field, query) => {
    const answer = await ada.fetch(`/api/usage?${query}`);
    const { error } = (await answer.json()) as { error: { details: { fields: object } } };
    expect([answer.status, Object.keys(error.details.fields)]).toEqual([400, [field]]);
  });

  it('writes files', async () => {
    const own = await (await ada.fetch('/api/usage/export')).text();
    expect(own.split('\r\n')[1]).toMatch(/^\d{4}-\d\d-\d\d,[0-9a-f-]{36},m,api,3,0,0,/);
    const all = await admin.fetch('/api/admin/usage/export?detail=requests');
    expect(all.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const lines = (await all.text()).trim().split('\r\n');
    expect(lines).toHaveLength(4);
    expect(lines[1]).toContain('ada@example.com');
    const exported = await server.command('usage', 'export', '--user', 'ada@example.com');
    expect(exported.trim().split('\r\n')).toHaveLength(2);
  });

  it.each([
    ['usage_hourly', '/api/usage/export'],
    ['usage_hourly', '/api/admin/usage/export'],
    ['request_log', '/api/usage/export?detail=requests'],
    ['request_log', '/api/admin/usage/export?detail=requests'],
  ])('says so where %s cannot be read for %s', async (table, path) => {
    await withoutTable(server, table, async () => {
      const answer = await admin.fetch(path);
      expect([answer.status, answer.headers.get('content-disposition')]).toEqual([500, null]);
      expect(await answer.json()).toMatchObject({ error: { code: 'internal_error' } });
    });
  });

  it('lists under a model what its sums count, also under those that do not exist', async () => {
    const made = await mallory.fetch('/api/keys', 'POST', { name: 'tool' });
    const { key: own } = (await made.json()) as { key: string };
    for (const model of ['m', 'made-up', 'invented']) {
      const answer = await fetch(`${server.url}/v1/chat/completions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${own}`, 'content-type': 'application/json' },
        body: JSON.stringify({ model, messages: [{ role: 'user', content: 'Hi' }] }),
      });
      expect(answer.status).toBe(model === 'm' ? 200 : 404);
      await answer.text();
    }
    await requestLogOf(server, 6);
    const { items } = await read<Usage>(mallory.fetch('/api/usage?by=model'));
    const counts = new Map(items.map((item) => [item.key, item.requests]));
    expect(Object.fromEntries(counts)).toEqual({ m: 1, '': 2 });
    for (const model of ['m', '', 'made-up']) {
      const found = await read<Requests>(mallory.fetch(`/api/usage/requests?model=${model}`));
      expect(found.items).toHaveLength(counts.get(model) ?? 0);
    }
  });
});

/** A place where what was asked a minute ago was asked today. */
function farFromMidnight(): string {
  const hourIn = (timeZone: string) =>
    Number(new Intl.DateTimeFormat('en', { timeZone, hour: 'numeric', hourCycle: 'h23' }).format());
  const places = ['America/New_York', 'Asia/Tokyo'];
  return places.find((place) => hourIn(place) > 0 && hourIn(place) < 23)!;
}
