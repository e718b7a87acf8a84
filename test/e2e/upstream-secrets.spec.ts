import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LumenServer } from '../support/lumen/lumen-server.js';
import {
  type Behaviour,
  chunkText,
  DONE,
  ScriptedUpstream,
  stream,
} from '../support/scripted-upstream.js';

const KEY = 'sk-"odd"/nobody-may-see+this';

/** Answers with whatever it was sent to prove who asks. */
const echoed =
  (code: number, bodyOf: (authorization: string) => string): Behaviour =>
  ({ headers }, response) =>
    void response
      .writeHead(code, { 'content-type': 'application/json' })
      .end(bodyOf(headers.authorization ?? ''));

const WORDINGS: [string, (authorization: string) => string][] = [
  ['as OpenAI does', (said) => JSON.stringify({ error: { message: `refused: ${said}` } })],
  ['as Ollama does', (said) => JSON.stringify({ error: said })],
  ['as vLLM did', (said) => JSON.stringify({ message: `${said}${said}` })],
  ['as a detail', (said) => JSON.stringify({ detail: `${'x'.repeat(1_980)}${said}` })],
  ['in JSON within JSON', (said) => JSON.stringify({ error: JSON.stringify({ said }) })],
  ['in an address', (said) => JSON.stringify({ error: `/?key=${encodeURIComponent(said)}` })],
  ['as plain text', (said) => said],
];

describe('a backend that says its key again', () => {
  const running = new AsyncDisposableStack();
  const answers: string[] = [];
  let server: LumenServer;
  let upstream: ScriptedUpstream;
  let key: string;

  beforeAll(async () => {
    upstream = running.use(await ScriptedUpstream.start());
    const models = JSON.stringify([
      {
        name: 'm',
        input_cost_per_million: 0,
        output_cost_per_million: 0,
        endpoints: [{ url: upstream.url, api_key: KEY }],
      },
    ]);
    const extra = [
      'log: { level: debug, requests: true }',
      // Each failure is heard of, however many come in a row.
      'upstream: { retries: { attempts: 0 }, ejection: { failures: 1000 } }',
    ].join('\n');
    server = running.use(await LumenServer.start({ models, extra }));
    key = await server.createKey();
  }, 60_000);

  afterAll(() => running.disposeAsync());

  async function ask(body: object = {}): Promise<{ status: number; text: string }> {
    const answer = await fetch(`${server.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'm', messages: [{ role: 'user', content: 'hi' }], ...body }),
    });
    const text = JSON.stringify([...answer.headers]) + (await answer.text());
    answers.push(text);
    return { status: answer.status, text };
  }

  const seen = () => {
    expect(upstream.lastRequest.headers.authorization).toBe(`Bearer ${KEY}`);
  };

  it.each(
    [400, 401, 403, 404, 409, 413, 422, 429, 500, 503].flatMap((code) =>
      WORDINGS.map(([how, bodyOf]) => [code, how, bodyOf] as const),
    ),
  )('with %i, %s', async (code, _how, bodyOf) => {
    upstream.next(echoed(code, bodyOf));
    const { status, text } = await ask();
    seen();
    expect(status).toBeGreaterThanOrEqual(400);
    expect(text).not.toContain('nobody-may-see');
  });

  it.each([400, 500])('in an event of a stream, with the code %i', async (code) => {
    upstream.next((request, response) => {
      const message = `no: ${request.headers.authorization}`;
      const event = `data: ${JSON.stringify({ error: { message, code } })}\n\n`;
      return stream(chunkText('a'), event, DONE)(request, response);
    });
    const { text } = await ask({ stream: true });
    seen();
    expect(text).toContain('"code":"upstream_error"');
    expect(text).toMatch(/data: \[DONE\]\n\n$/);
    expect(text).not.toContain('nobody-may-see');
  });

  it('still has its reasons passed on', async () => {
    upstream.next(echoed(400, WORDINGS[0]![1]));
    expect((await ask()).text).toContain('refused: Bearer [key]');
  });

  it('is in no answer and no log line', async () => {
    await server.nextLine(({ cause }) => String(cause).includes('refused: Bearer [key]'));
    for (const said of [answers, server.log, server.errors]) {
      expect(JSON.stringify(said)).not.toContain('nobody-may-see');
    }
  });
});
