import { once } from 'node:events';
import { get } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LumenServer } from '../support/lumen/lumen-server.js';
import { modelWith } from '../support/lumen/models.js';
import {
  chunkText,
  completion,
  DONE,
  ScriptedUpstream,
  stream,
} from '../support/scripted-upstream.js';
import { until } from '../support/until.js';

const LONGEST_TEST_MS = 60_000;
const BUSY_MACHINE_MS = 30_000;

describe('two workers on one port', () => {
  const running = new AsyncDisposableStack();
  let upstream: ScriptedUpstream;
  let server: LumenServer;
  let key: string;

  beforeAll(async () => {
    upstream = running.use(await ScriptedUpstream.start());
    upstream.usual = completion('hi');
    server = running.use(
      await LumenServer.prepare({
        models: modelWith('m', { url: upstream.url }),
        extra: 'prometheus:\n  enabled: true\n',
        environment: { LUMEN_WORKERS: '2' },
      }),
    );
    const text = await server.configuration();
    // What is open is not cut while the next worker starts, however busy the machine is.
    await server.configure(text.replace(/shutdown_grace_s: \d+/, 'shutdown_grace_s: 120'));
    await server.launch();
    await until(() => listening() === 2, BUSY_MACHINE_MS);
    key = await server.createKey();
  }, LONGEST_TEST_MS);

  afterAll(() => running.disposeAsync());

  const listening = () => server.log.filter((line) => line['msg'] === 'Lumen listens').length;
  const ask = (isStream = false) =>
    fetch(`${server.url}/v1/chat/completions`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': 'application/json',
        connection: 'close',
      },
      body: JSON.stringify({
        model: 'm',
        stream: isStream,
        messages: [{ role: 'user', content: 'x' }],
      }),
    });
  const metrics = async () => (await fetch(`${server.url}/metrics`)).text();
  /** The process that has been worker `number` since it last listened. */
  const pidOf = (number: number) =>
    server.log.findLast((line) => line['msg'] === 'Lumen listens' && line['worker'] === number)![
      'pid'
    ] as number;
  /** A stream that is open at its first chunk. */
  const openStream = async () => {
    const gate = Promise.withResolvers<void>();
    upstream.next(stream(chunkText('a'), gate.promise, chunkText('b'), DONE));
    const reader = (await ask(true)).body!.getReader();
    await reader.read();
    const rest = async () => {
      gate.resolve();
      let text = '';
      for (let next = await reader.read(); !next.done; next = await reader.read()) {
        text += Buffer.from(next.value).toString();
      }
      // A stream that is silent while a busy machine starts a worker is kept alive.
      return text.replaceAll(': ping\n\n', '');
    };
    return { rest };
  };

  it('take requests in turn, and say in logs and metrics which of them it was', async () => {
    const statuses = await Promise.all(Array.from({ length: 8 }, async () => (await ask()).status));
    expect(statuses).toEqual(Array(8).fill(200));
    const told = () => server.log.filter((line) => line['path'] === '/v1/chat/completions');
    // A line is written after its answer.
    await until(() => told().length === statuses.length);
    const lines = told();
    expect(new Set(lines.map((line) => line['worker']))).toEqual(new Set([1, 2]));
    const page = await metrics();
    expect(page.match(/^# TYPE lumen_requests_total counter$/gm)).toHaveLength(1);
    const counted = [...page.matchAll(/^lumen_requests_total\{worker="[12]",.* (\d+)$/gm)];
    expect(counted).toHaveLength(2);
    expect(counted.reduce((sum, [, count]) => sum + Number(count), 0)).toBe(8);
  });

  it(
    'are started anew when they die, and the other serves meanwhile',
    async () => {
      const dead = pidOf(2);
      const before = listening();
      process.kill(dead, 'SIGKILL');
      await server.nextLine((line) => line['signal'] === 'SIGKILL');
      for (let asked = 0; asked < 4; asked += 1) expect((await ask()).status).toBe(200);
      await until(() => listening() === before + 1, BUSY_MACHINE_MS);
      expect(pidOf(2)).not.toBe(dead);
    },
    LONGEST_TEST_MS,
  );

  it(
    'hold up nobody but who they have when they hang, and that one not for ever',
    async () => {
      const before = listening();
      const hanging = pidOf(2);
      process.kill(hanging, 'SIGSTOP');
      const ends: (number | undefined)[] = [];
      const all = Array.from({ length: 12 }, async () => ends.push(await statusOnOwn(server.url)));
      await until(() => ends.length >= 10, BUSY_MACHINE_MS);
      expect(new Set(ends)).toEqual(new Set([200]));
      process.kill(hanging, 'SIGKILL');
      await Promise.all(all);
      expect(ends.filter((end) => end !== 200).length).toBeLessThanOrEqual(1);
      await until(() => listening() === before + 1, BUSY_MACHINE_MS);
    },
    LONGEST_TEST_MS,
  );

  it(
    'are waited for by who comes while there is none',
    async () => {
      const before = listening();
      const deaths = () => server.log.filter((line) => line['signal'] === 'SIGKILL').length;
      const known = deaths();
      for (const pid of [pidOf(1), pidOf(2)]) process.kill(pid, 'SIGKILL');
      await until(() => deaths() === known + 2, BUSY_MACHINE_MS);
      expect((await ask()).status).toBe(200);
      await until(() => listening() === before + 2, BUSY_MACHINE_MS);
    },
    LONGEST_TEST_MS,
  );

  it(
    'lose nobody when one is told to stop by itself',
    async () => {
      const before = listening();
      const stopped = pidOf(2);
      process.kill(stopped, 'SIGTERM');
      const statuses = new Set<number>();
      await until(async () => {
        statuses.add((await ask()).status);
        return listening() === before + 1;
      }, BUSY_MACHINE_MS);
      expect([...statuses]).toEqual([200]);
      expect(isAlive(stopped)).toBe(false);
    },
    LONGEST_TEST_MS,
  );

  it(
    'are replaced one after the other, while nobody is refused and streams end',
    async () => {
      const before = listening();
      const old = [pidOf(1), pidOf(2)];
      const open = await openStream();
      server.signal('SIGHUP');
      const statuses = new Set<number>();
      await until(async () => {
        statuses.add((await ask()).status);
        return listening() === before + 2;
      }, BUSY_MACHINE_MS);
      expect(await open.rest()).toBe(chunkText('b') + DONE);
      expect([...statuses]).toEqual([200]);
      expect(new Set([...old, pidOf(1), pidOf(2)]).size).toBe(4);
      await until(() => !old.some(isAlive), BUSY_MACHINE_MS);
    },
    LONGEST_TEST_MS,
  );

  it(
    'stop together, when what they have begun has ended',
    async () => {
      const open = await openStream();
      const pids = [pidOf(1), pidOf(2)];
      const stopping = () => server.log.filter((line) => line['msg'] === 'stopping').length;
      const before = stopping();
      // As a task that starts Lumen does: to the whole group, so that each hears it more than once.
      for (const pid of [...pids, server.pid]) process.kill(pid, 'SIGTERM');
      await until(() => stopping() === before + 3, BUSY_MACHINE_MS);
      expect(await open.rest()).toBe(chunkText('b') + DONE);
      expect(await server.ended).toBe(0);
      expect(pids.some(isAlive)).toBe(false);
    },
    LONGEST_TEST_MS,
  );
});

it(
  'a port that is taken is said once, and no worker stays',
  async () => {
    await using running = new AsyncDisposableStack();
    const other = createServer().listen(0);
    running.defer(() => void other.close());
    await once(other, 'listening');
    const environment = {
      LUMEN_WORKERS: '2',
      PORT: String((other.address() as AddressInfo).port),
    };
    const server = running.use(await LumenServer.prepare({ environment }));
    await expect(server.launch()).rejects.toThrow('Lumen ended with 1');
    expect(server.errors.join('\n')).toMatch(/^The port is taken by another program\.[^\n]*$/);
  },
  LONGEST_TEST_MS,
);

it(
  'one that cannot start is said once',
  async () => {
    await using running = new AsyncDisposableStack();
    const environment = { LUMEN_WORKERS: '3' };
    const server = running.use(await LumenServer.prepare({ environment }));
    const text = await server.configuration();
    await server.configure(text.replace('sqlite:///lumen.db', 'sqlite:////dev/null/lumen.db'));
    await expect(server.launch()).rejects.toThrow('Lumen ended with 1');
    expect(server.errors.join('\n')).toMatch(
      /^[^\n]*(SQLite file cannot be used|cannot write)[^\n]*$/,
    );
  },
  LONGEST_TEST_MS,
);

/** The status of a request on a connection of its own; undefined where that is cut. */
function statusOnOwn(url: string): Promise<number | undefined> {
  const { promise, resolve } = Promise.withResolvers<number | undefined>();
  const answered = get(`${url}/health/live`, { agent: false }, (answer) => {
    resolve(answer.resume().statusCode);
  });
  answered.on('error', () => resolve(undefined));
  return promise;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
