import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { LumenServer, MAIN } from '../support/lumen/lumen-server.js';
import { modelWith } from '../support/lumen/models.js';
import {
  chunkText,
  DONE,
  ScriptedUpstream,
  stream,
  USAGE_CHUNK,
} from '../support/scripted-upstream.js';
import { until } from '../support/until.js';

/** Each starts a server; what a stop may take is measured from its signal. */
const LONGEST_TEST_MS = 60_000;
/** A grace time of one second, and what a busy machine needs to close. */
const STOPPED_WITHIN_MS = 15_000;

/** No stream is cut because a machine that does much else takes long to close the port. */
const BUSY_MACHINE_S = 50;

const LAUNCHER = new URL('../../scripts/node-runtime.mjs', import.meta.url).href;
/** What `./lumen` does on a Node that is too old: it stays, and hands signals on to the Node it found. */
const LAUNCHED = [
  '--input-type=module',
  '--eval',
  `import { continueOn } from ${JSON.stringify(LAUNCHER)};
   process.exitCode = await continueOn(process.execPath, [${JSON.stringify(MAIN)}]);`,
];

/** Answers to so many requests fit into no buffers. */
const UNREAD = 'GET /main.js HTTP/1.1\r\nhost: x\r\n\r\n'.repeat(400);

const HALF = 'POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\n';

/** So many ask at the same time while a port is closed. */
const CALLERS = 24;
const LONGEST_ANSWER_MS = 15_000;

interface Process {
  program?: readonly string[];
  workers?: number;
}

async function setUp(
  graceS: number,
  running: AsyncDisposableStack,
  { program, workers = 1 }: Process = {},
) {
  const upstream = running.use(await ScriptedUpstream.start());
  const models = modelWith('m', { url: upstream.url });
  const environment = { LUMEN_WORKERS: String(workers) };
  const server = running.use(await LumenServer.prepare({ models, environment }));
  const text = await server.configuration();
  await server.configure(text.replace(/shutdown_grace_s: \d+/, `shutdown_grace_s: ${graceS}`));
  await server.launch(program);
  const ask = async () => {
    const key = await server.createKey();
    return fetch(`${server.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        model: 'm',
        stream: true,
        messages: [{ role: 'user', content: 'x' }],
      }),
    });
  };
  return { upstream, server, ask };
}

/** The processes that this one has started. */
async function childrenOf({ pid }: LumenServer): Promise<number[]> {
  const pids = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return pids.trim().split(' ').map(Number);
}

async function restOf(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<string> {
  let rest = '';
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    rest += Buffer.from(next.value).toString();
  }
  return rest;
}

const isRefused = () => true;
const isServed = ({ status }: Response) => {
  expect(status).toBe(200);
  return false;
};

/** The processes that have said that they serve. */
const pidsOf = (server: LumenServer) =>
  server.log.filter((line) => line['msg'] === 'Lumen listens').map((line) => line['pid'] as number);

/** Asks on a connection of its own each time, as long as there is a port; adds how each ended. */
async function callUntilRefused({ url }: LumenServer, ends: string[]): Promise<void> {
  for (let end = ''; end !== 'refused'; ends.push(end)) end = await call(url);
}

function call(url: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const { promise, resolve } = Promise.withResolvers<string>();
  const caller = connect(Number(port), hostname).setEncoding('utf8');
  caller.setTimeout(LONGEST_ANSWER_MS, () => resolve('no answer'));
  caller.on('error', (error: NodeJS.ErrnoException) =>
    resolve(error.code === 'ECONNREFUSED' ? 'refused' : String(error.code)),
  );
  caller.on('data', (answer: string) => resolve(answer.slice(0, 'HTTP/1.1 200'.length)));
  caller.on('close', () => resolve('cut'));
  caller.write('GET /health/live HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
  return promise.finally(() => void caller.destroy());
}

/** Asks the server to stop and answers how long that took; the exit code has to be 0. */
async function stoppedAfterMs(server: LumenServer): Promise<number> {
  const startedMs = performance.now();
  server.signal('SIGTERM');
  expect(await server.ended).toBe(0);
  return performance.now() - startedMs;
}

describe('a stop', () => {
  it(
    'lets an open stream finish, takes nothing new, and loses no record',
    async () => {
      await using running = new AsyncDisposableStack();
      const { upstream, server, ask } = await setUp(20, running);
      const gate = Promise.withResolvers<void>();
      upstream.next(stream(chunkText('a'), gate.promise, chunkText('b'), USAGE_CHUNK, DONE));
      const answer = await ask();
      const reader = answer.body!.getReader();
      await reader.read();
      server.signal('SIGTERM');
      await server.nextLine((line) => line['msg'] === 'stopping');
      // Who came before the port was closed is answered, and the others are refused.
      await until(() => fetch(`${server.url}/health/live`).then(isServed, isRefused));
      gate.resolve();
      const rest = await restOf(reader);
      expect(rest).toBe(chunkText('b') + DONE);
      expect(await server.ended).toBe(0);
      const line = server.log.find((each) => each['path'] === '/v1/chat/completions');
      expect(line).toMatchObject({ outcome: 'completed', completionTokens: 7 });
    },
    LONGEST_TEST_MS,
  );

  it.each([1, 2])(
    'that reaches the launcher and its child at once is one stop, with %s workers',
    async (workers) => {
      await using running = new AsyncDisposableStack();
      const { upstream, server, ask } = await setUp(BUSY_MACHINE_S, running, {
        program: LAUNCHED,
        workers,
      });
      const gate = Promise.withResolvers<void>();
      upstream.next(stream(chunkText('a'), gate.promise, chunkText('b'), DONE));
      const reader = (await ask()).body!.getReader();
      await reader.read();
      // As systemd does with all processes of a service, unless it is told otherwise.
      for (const pid of [...(await childrenOf(server)), server.pid]) process.kill(pid, 'SIGTERM');
      await server.nextLine((line) => line['msg'] === 'stopping');
      await until(() => fetch(`${server.url}/health/live`).then(isServed, isRefused));
      gate.resolve();
      // A stream that is silent while a busy machine closes the port is kept alive.
      expect((await restOf(reader)).replaceAll(': ping\n\n', '')).toBe(chunkText('b') + DONE);
      expect(await server.ended).toBe(0);
    },
    LONGEST_TEST_MS,
  );

  it.each([
    ['the first process', () => []],
    ['all of them, the first process last', pidsOf],
  ])(
    'leaves nobody waiting at the port that workers close when it is said to %s',
    async (_whom, before) => {
      await using running = new AsyncDisposableStack();
      const { upstream, server, ask } = await setUp(BUSY_MACHINE_S, running, { workers: 2 });
      const gate = Promise.withResolvers<void>();
      upstream.next(stream(chunkText('a'), gate.promise, DONE));
      const reader = (await ask()).body!.getReader();
      await reader.read();
      await until(() => pidsOf(server).length === 2);
      const ends: string[] = [];
      const callers = Array.from({ length: CALLERS }, () => callUntilRefused(server, ends));
      await until(() => ends.length >= CALLERS);
      const told = before(server);
      for (const pid of told) process.kill(pid, 'SIGTERM');
      const stopping = () => server.log.filter((line) => line['msg'] === 'stopping').length;
      await until(() => stopping() === told.length);
      server.signal('SIGTERM');
      await Promise.all(callers);
      expect(new Set(ends)).toEqual(new Set(['HTTP/1.1 200', 'refused']));
      gate.resolve();
      await restOf(reader);
      expect(await server.ended).toBe(0);
    },
    LONGEST_TEST_MS,
  );

  it(
    'is no failure of workers that still load when all of them hear it',
    async () => {
      await using running = new AsyncDisposableStack();
      const { server } = await setUp(BUSY_MACHINE_S, running, { workers: 4 });
      const loading = await childrenOf(server);
      for (const pid of [server.pid, ...loading]) process.kill(pid, 'SIGTERM');
      expect(await server.ended).toBe(0);
    },
    LONGEST_TEST_MS,
  );

  it(
    'ends what is still open after the grace time, with a reason',
    async () => {
      await using running = new AsyncDisposableStack();
      const { upstream, server, ask } = await setUp(1, running);
      upstream.next(stream(chunkText('a'), new Promise(() => undefined)));
      const answer = await ask();
      const reader = answer.body!.getReader();
      await reader.read();
      const seen = upstream.lastRequest;
      const stopped = stoppedAfterMs(server);
      const rest = await restOf(reader);
      expect(rest).toMatch(/"code":"shutting_down".*\n\ndata: \[DONE\]\n\n$/);
      await seen.aborted;
      expect(await stopped).toBeLessThan(STOPPED_WITHIN_MS);
    },
    LONGEST_TEST_MS,
  );

  it(
    'answers on the connections that are there, and asks them to go elsewhere',
    async () => {
      await using running = new AsyncDisposableStack();
      const { server } = await setUp(5, running);
      const text = await server.configuration();
      await server.configure(text.replace('server:', 'server:\n  drain_s: 3'));
      await server.crash();
      await server.launch();
      const { hostname, port } = new URL(server.url);
      const caller = connect(Number(port), hostname).setEncoding('utf8');
      running.defer(() => void caller.destroy());
      const ask = async () => {
        caller.write('GET /health/ready HTTP/1.1\r\nhost: x\r\n\r\n');
        return String(await once(caller, 'data'));
      };
      expect(await ask()).toMatch(/^HTTP\/1.1 200[^]*connection: keep-alive/i);
      server.signal('SIGTERM');
      await server.nextLine((line) => line['msg'] === 'stopping');
      const closed = once(caller, 'close');
      expect((await fetch(`${server.url}/health/live`)).status).toBe(200);
      const last = await ask();
      expect(last).toMatch(/^HTTP\/1.1 503[^]*connection: close/i);
      expect(last).toContain('"status":"draining"');
      await closed;
      expect(await server.ended).toBe(0);
    },
    LONGEST_TEST_MS,
  );

  it.each([
    ['has sent nothing', 1, ''],
    ['does not read a long answer', 1, UNREAD],
    ['does not read a long answer', 2, UNREAD],
    ['has sent half a request', 1, HALF],
    ['has sent half a request', 2, HALF],
  ])(
    'does not wait beyond the grace time for a caller that %s, with %s workers',
    async (_what, workers, sent) => {
      await using running = new AsyncDisposableStack();
      const { server } = await setUp(1, running, { workers });
      const page = await (await fetch(server.url, { headers: { accept: 'text/html' } })).text();
      const script = /src="(main-[^"]+\.js)"/.exec(page)![1]!;
      const { hostname, port } = new URL(server.url);
      const caller = connect(Number(port), hostname).pause();
      running.defer(() => void caller.destroy());
      await once(caller, 'connect');
      if (sent) await new Promise((done) => caller.write(sent.replaceAll('main.js', script), done));
      expect(await stoppedAfterMs(server)).toBeLessThan(STOPPED_WITHIN_MS);
    },
    LONGEST_TEST_MS,
  );
});
