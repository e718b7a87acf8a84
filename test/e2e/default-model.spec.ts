import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BrowserSession } from '../support/lumen/browser-session.js';
import { type LumenServer } from '../support/lumen/lumen-server.js';
import { requestLogOf } from '../support/lumen/request-log.js';
import { startAs } from '../support/lumen/session-of.js';
import { ScriptedUpstream } from '../support/scripted-upstream.js';
import { until } from '../support/until.js';

const MESSAGES = [{ role: 'user', content: 'hi' }];
const model = (name: string, url: string) => ({
  name,
  input_cost_per_million: 0,
  output_cost_per_million: 0,
  endpoints: [{ url, api_key: 'none', model: `${name} at its backend` }],
});
const GOVERNANCE = 'governance: { default_model: house }';

interface Served {
  status: number;
  /** What the caller is told. */
  servedBy: string | null;
  code: string | undefined;
}

describe('a request without a model', () => {
  const running = new AsyncDisposableStack();
  let server: LumenServer;
  let upstream: ScriptedUpstream;
  let admin: BrowserSession;
  let userKey: string;
  let clientKey: string;
  let clientId: string;

  const json = async <T>(answer: Promise<Response>) => (await (await answer).json()) as T;

  beforeAll(async () => {
    upstream = running.use(await ScriptedUpstream.start());
    const models = JSON.stringify([
      model('other', upstream.url),
      model('chosen', upstream.url),
      model('house', upstream.url),
      model('größe/1', upstream.url),
    ]);
    const extra = `superadmins: [admin@example.com]\n${GOVERNANCE}\nclients: { default: { max: -2 } }\n`;
    server = running.use(await startAs('admin@example.com', { dialect: 'sqlite', models, extra }));
    admin = await BrowserSession.start(server);
    userKey = await server.createKey('user@example.com');
    const wanted = { name: 'app', ownerEmail: 'admin@example.com' };
    clientId = (await json<{ id: string }>(admin.fetch('/api/admin/clients', 'POST', wanted))).id;
    const keys = `/api/clients/${clientId}/keys`;
    clientKey = (await json<{ key: string }>(admin.fetch(keys, 'POST', { name: 'k' }))).key;
  }, 60_000);

  afterAll(() => running.disposeAsync());

  async function ask(key: string, body: object): Promise<Served> {
    const answer = await fetch(`${server.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ messages: MESSAGES, ...body }),
    });
    const text = await answer.text();
    const parsed = text.startsWith('{') ? (JSON.parse(text) as { error?: { code: string } }) : {};
    const servedBy = answer.headers.get('x-lumen-model');
    return { status: answer.status, servedBy, code: parsed.error?.code };
  }

  const served = (servedBy: string | null): Served => ({ status: 200, servedBy, code: undefined });

  /** Writes `governance:` anew and waits until it is in force. */
  async function govern(governance: string, isSo: () => Promise<boolean>): Promise<void> {
    const text = await server.configuration();
    await server.configure(text.replace(/^governance: .*$/m, `governance: ${governance}`));
    await until(isSo);
  }

  it.each([
    ['none', {}],
    ['null', { model: null }],
    ['blank', { model: '' }],
    ['spaces', { model: '  ' }],
    ['auto', { model: 'auto' }],
  ])('is answered by the default of all, with %s', async (_what, body) => {
    const before = (await requestLogOf(server)).length;
    expect(await ask(userKey, body)).toEqual(served('house'));
    const sent = JSON.parse(upstream.lastRequest.bytes.toString()) as object;
    expect(sent).toEqual({ messages: MESSAGES, model: 'house at its backend' });
    const row = (await requestLogOf(server, before + 1)).at(-1);
    expect(row).toMatchObject({ model: 'house', outcome: 'completed' });
  });

  it('is told in the headers of a stream, too', async () => {
    expect(await ask(userKey, { model: 'auto', stream: true })).toEqual(served('house'));
    expect(await ask(userKey, { model: 'other' })).toEqual(served(null));
  });

  it('is answered by what its client chose, at once', async () => {
    expect(await ask(clientKey, {})).toEqual(served('house'));
    const address = `/api/clients/${clientId}/ai-configuration`;
    const chosen = await admin.fetch(address, 'PUT', { defaultModel: 'chosen' });
    expect(chosen.status).toBe(200);
    expect(await ask(clientKey, {})).toEqual(served('chosen'));
    expect(await ask(clientKey, { model: 'auto' })).toEqual(served('chosen'));
    expect(await ask(clientKey, { model: 'other' })).toEqual(served(null));
    expect(await ask(userKey, {})).toEqual(served('house'));
    const odd = await admin.fetch(address, 'PUT', { defaultModel: 'größe/1' });
    expect(odd.status).toBe(200);
    expect(await ask(clientKey, {})).toEqual(served('gr%C3%B6%C3%9Fe/1'));
    await admin.fetch(address, 'PUT', { defaultModel: null });
    expect(await ask(clientKey, {})).toEqual(served('house'));
  });

  it('is refused with an unknown name, unless those may pass', async () => {
    const unknown = { status: 404, servedBy: null, code: 'model_not_found' };
    expect(await ask(userKey, { model: 'gpt-99' })).toEqual(unknown);
    const passes = async () => (await ask(userKey, { model: 'gpt-99' })).status === 200;
    await govern('{ default_model: house, allow_unknown_models: true }', passes);
    expect(await ask(userKey, { model: 'gpt-99' })).toEqual(served('house'));
    await govern('{ default_model: house }', async () => !(await passes()));
  }, 60_000);

  it('goes down the line where nothing is chosen: default provider, any, fallback, nothing', async () => {
    const isNobodys = async () => (await ask(userKey, {})).code === 'LLM_API_ERROR';
    await govern('{}', isNobodys);
    expect(await ask(userKey, { model: 'auto' })).toMatchObject({ status: 503 });

    const provider = (slug: string, isDefault: boolean) =>
      json<{ id: string }>(
        admin.fetch('/providers', 'POST', {
          name: slug,
          slug,
          type: 'custom',
          baseUrl: upstream.url,
          models: [`${slug}-1`, `${slug}-2`],
          isDefault,
        }),
      );
    const first = await provider('first', false);
    const second = await provider('second', true);
    expect(await ask(userKey, {})).toEqual(served('second/second-1'));
    await admin.fetch(`/providers/${second.id}`, 'PATCH', { isDefault: false });
    expect(await ask(userKey, {})).toEqual(served('first/first-1'));
    await admin.fetch(`/providers/${first.id}`, 'PATCH', { isEnabled: false });
    expect(await ask(userKey, {})).toEqual(served('second/second-1'));
    await admin.fetch(`/providers/${second.id}`, 'PATCH', { isEnabled: false });

    const fallback = `{ fallback: { base_url: "${upstream.url}", api_key: none, model: last } }`;
    await govern(fallback, async () => (await ask(userKey, {})).status === 200);
    expect(await ask(userKey, {})).toEqual(served('last'));
  }, 60_000);

  it('needs access to the default all the same', async () => {
    await govern('{ default_model: house }', async () => (await ask(userKey, {})).status === 200);
    const text = await server.configuration();
    const blocked = 'groups:\n  default:\n    model_access: { blocked: [house] }';
    await server.configure(text.replace('groups:\n  default:', blocked));
    const isRefused = async () => (await ask(userKey, {})).code === 'permission_denied';
    await until(isRefused);
    expect(await ask(userKey, { model: 'other' })).toEqual(served(null));
  }, 60_000);
});
