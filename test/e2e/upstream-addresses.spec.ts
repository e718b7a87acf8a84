import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BrowserSession } from '../support/lumen/browser-session.js';
import { type LumenServer } from '../support/lumen/lumen-server.js';
import { startAs } from '../support/lumen/session-of.js';
import { ScriptedUpstream } from '../support/scripted-upstream.js';
import { until } from '../support/until.js';

const METADATA = [
  'http://169.254.169.254/v1',
  'http://[::ffff:169.254.169.254]/v1',
  'http://0xa9fea9fe/v1',
  'http://[fd00:ec2::254]/v1',
  'http://[fe80::1]/v1',
];

const REFUSED = { status: 502, code: 'upstream_misconfigured' };
const SERVED = { status: 200, code: undefined };
/** Where the scripted backend is. */
const HOSTS = ['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]', '0.0.0.0'];

/** A model of the file for each of these addresses, the first of them called `file`. */
function models(urls: readonly string[]): string {
  return JSON.stringify(
    urls.map((url, index) => ({
      name: index === 0 ? 'file' : `metadata${index}`,
      input_cost_per_million: 0,
      output_cost_per_million: 0,
      endpoints: [{ url, api_key: 'none' }],
    })),
  );
}

describe('the addresses of backends', () => {
  const running = new AsyncDisposableStack();
  let server: LumenServer;
  let upstream: ScriptedUpstream;
  let key: string;

  beforeAll(async () => {
    upstream = running.use(await ScriptedUpstream.start());
    const extra = 'engineers: [engineer@example.com]\nupstream: { allow_private: true }\n';
    const options = { models: models([upstream.url, ...METADATA]), extra };
    server = running.use(await startAs('engineer@example.com', options));
    key = await server.createKey('user@example.com');
    const engineer = await BrowserSession.start(server);
    const { port } = new URL(upstream.url);
    for (const [index, host] of HOSTS.entries()) {
      const made = await engineer.fetch('/providers', 'POST', {
        name: `Private ${index}`,
        slug: `private${index}`,
        type: 'custom',
        baseUrl: `http://${host}:${port}/v1`,
        models: ['small'],
      });
      expect(made.status).toBe(201);
    }
  }, 60_000);

  afterAll(() => running.disposeAsync());

  async function ask(model: string): Promise<{ status: number; code: string | undefined }> {
    const answer = await fetch(`${server.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model, messages: [{ role: 'user', content: 'hi' }] }),
    });
    const body = (await answer.json()) as { error?: { code: string } };
    return { status: answer.status, code: body.error?.code };
  }

  async function allowPrivate(isAllowed: boolean): Promise<void> {
    const text = await server.configuration();
    await server.configure(text.replace(/allow_private: \w+/, `allow_private: ${isAllowed}`));
    const status = isAllowed ? 200 : 502;
    await until(async () => (await ask('private0/small')).status === status);
  }

  it.each(METADATA.map((url, index) => [url, index + 1]))(
    'are never those at which clouds hand out credentials: %s',
    async (_url, index) => {
      expect(await ask(`metadata${index}`)).toEqual(REFUSED);
    },
  );

  it('may be private, unless the configuration says otherwise, and then not for providers', async () => {
    const everyone = HOSTS.map((_host, index) => `private${index}/small`);
    for (const model of everyone) expect(await ask(model)).toEqual(SERVED);

    await allowPrivate(false);
    const before = upstream.requests.length;
    // Connections of before are still open: they are not used.
    for (const model of everyone) expect(await ask(model)).toEqual(REFUSED);
    expect(upstream.requests).toHaveLength(before);
    expect(await ask('file')).toEqual(SERVED);

    await allowPrivate(true);
    for (const model of everyone) expect(await ask(model)).toEqual(SERVED);
  }, 60_000);
});
