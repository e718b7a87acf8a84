import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort } from '../support/free-port.js';
import { BrowserSession } from '../support/lumen/browser-session.js';
import { type LumenServer } from '../support/lumen/lumen-server.js';
import { startAs } from '../support/lumen/session-of.js';
import { completion, ScriptedUpstream, status } from '../support/scripted-upstream.js';
import { until } from '../support/until.js';

const LIST = JSON.stringify({ object: 'list', data: [{ id: 'm' }] });
/** Nothing but the test asks for probes. */
const extra = 'upstream: { probe: { interval_s: 86400, timeout_s: 5 } }\n';

interface ListedModel {
  id: string;
  status: string;
  load: number | null;
}

const endpointAt = (url: string) => ({ url, model: 'm', api_key: 'sk-backend' });

describe('GET /chat/models', () => {
  const running = new AsyncDisposableStack();
  let server: LumenServer;
  let session: BrowserSession;
  let upstream: ScriptedUpstream;

  async function models(): Promise<ListedModel[]> {
    const answer = await session.fetch('/chat/models');
    return ((await answer.json()) as { models: ListedModel[] }).models;
  }

  function ask(model: string): Promise<Response> {
    const messages = [{ role: 'user', content: 'Hello?' }];
    return session.fetch('/chat/completions', 'POST', { model, messages });
  }

  async function loadOf(id: string): Promise<number | null | undefined> {
    return (await models()).find((model) => model.id === id)?.load;
  }

  beforeAll(async () => {
    upstream = running.use(await ScriptedUpstream.start());
    upstream.usual = status(200, LIST);
    const working = endpointAt(upstream.url);
    const closed = endpointAt(`http://127.0.0.1:${await freePort()}/v1`);
    const listed = JSON.stringify([
      { name: 'good', max_concurrent: 2, endpoints: [working] },
      { name: 'half', endpoints: [working, closed] },
      { name: 'gone', max_concurrent: 2, endpoints: [closed] },
    ]);
    server = running.use(await startAs('user@example.com', { models: listed, extra }));
    session = await BrowserSession.start(server);
  }, 60_000);

  afterAll(() => running.disposeAsync());

  it('says of each model whether it works, as health checks found', async () => {
    await fetch(`${server.url}/health/inference`);
    expect(await models()).toMatchObject([
      { id: 'good', status: 'ok', load: 0 },
      { id: 'half', status: 'degraded', load: null },
      { id: 'gone', status: 'down', load: null },
    ]);
  });

  it('says how busy a model is, as far as it has a limit', async () => {
    let answer = () => {};
    const isAnswered = new Promise<void>((resolve) => (answer = resolve));
    upstream.usual = async (request, response) => {
      await isAnswered;
      await completion('Hello.')(request, response);
    };
    const asked = Array.from({ length: 2 }, () => ask('good'));
    await until(async () => (await loadOf('good')) === 4);
    answer();
    await Promise.all(asked);
    await until(async () => (await loadOf('good')) === 0);
  });
});
