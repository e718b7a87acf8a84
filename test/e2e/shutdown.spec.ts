import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { LumenServer } from '../support/lumen/lumen-server.js';
import { modelWith } from '../support/lumen/models.js';
import {
  chunkText,
  DONE,
  ScriptedUpstream,
  stream,
  USAGE_CHUNK,
} from '../support/scripted-upstream.js';

async function setUp(graceS: number, running: AsyncDisposableStack) {
  const upstream = running.use(await ScriptedUpstream.start());
  const models = modelWith('m', { url: upstream.url });
  const server = running.use(await LumenServer.prepare({ models }));
  const text = await server.configuration();
  await server.configure(text.replace(/shutdown_grace_s: \d+/, `shutdown_grace_s: ${graceS}`));
  await server.launch();
  const key = await server.createKey();
  const ask = () =>
    fetch(`${server.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        model: 'm',
        stream: true,
        messages: [{ role: 'user', content: 'x' }],
      }),
    });
  return { upstream, server, ask };
}

describe('a stop', () => {
  it('lets an open stream finish, takes nothing new, and loses no record', async () => {
    await using running = new AsyncDisposableStack();
    const { upstream, server, ask } = await setUp(20, running);
    const gate = Promise.withResolvers<void>();
    upstream.next(stream(chunkText('a'), gate.promise, chunkText('b'), USAGE_CHUNK, DONE));
    const answer = await ask();
    const reader = answer.body!.getReader();
    await reader.read();
    server.signal('SIGTERM');
    await server.nextLine((line) => line['msg'] === 'stopping');
    await expect(fetch(`${server.url}/health/live`)).rejects.toThrow();
    gate.resolve();
    let rest = '';
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      rest += Buffer.from(next.value).toString();
    }
    expect(rest).toBe(chunkText('b') + DONE);
    expect(await server.ended).toBe(0);
    const line = server.log.find((each) => each['path'] === '/v1/chat/completions');
    expect(line).toMatchObject({ outcome: 'completed', completionTokens: 7 });
  });

  it('ends what is still open after the grace time, with a reason', async () => {
    await using running = new AsyncDisposableStack();
    const { upstream, server, ask } = await setUp(1, running);
    upstream.next(stream(chunkText('a'), new Promise(() => undefined)));
    const answer = await ask();
    const reader = answer.body!.getReader();
    await reader.read();
    const seen = upstream.lastRequest;
    server.signal('SIGTERM');
    let rest = '';
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      rest += Buffer.from(next.value).toString();
    }
    expect(rest).toMatch(/"code":"shutting_down".*\n\ndata: \[DONE\]\n\n$/);
    await seen.aborted;
    expect(await server.ended).toBe(0);
  });

  it.each([
    ['has sent nothing', ''],
    ['does not read a long answer', 'GET /main.js HTTP/1.1\r\nhost: x\r\n\r\n'.repeat(400)],
    ['has sent half a request', 'POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\n'],
  ])(
    'does not wait beyond the grace time for a caller that %s',
    async (_what, sent) => {
      await using running = new AsyncDisposableStack();
      const { server } = await setUp(1, running);
      const page = await (await fetch(server.url, { headers: { accept: 'text/html' } })).text();
      const script = /src="(main-[^"]+\.js)"/.exec(page)![1]!;
      const { hostname, port } = new URL(server.url);
      const caller = connect(Number(port), hostname).pause();
      running.defer(() => void caller.destroy());
      await once(caller, 'connect');
      if (sent) await new Promise((done) => caller.write(sent.replaceAll('main.js', script), done));
      server.signal('SIGTERM');
      expect(await server.ended).toBe(0);
    },
    10_000,
  );
});
