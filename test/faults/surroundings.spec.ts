import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { Agent, type IncomingMessage, request } from 'node:http';
import { createServer } from 'node:https';
import { type AddressInfo, connect, type Socket } from 'node:net';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startCluster } from '../../scripts/postgres.mjs';
import { CountingUpstream } from '../support/counting-upstream.js';
import { LumenServer } from '../support/lumen/lumen-server.js';
import { askMetered } from '../support/lumen/metered-caller.js';
import { PoolReader } from '../support/lumen/pool-reader.js';
import { requestLogOf } from '../support/lumen/request-log.js';
import { until } from '../support/until.js';

const SLOW = 240_000;
const BUSY_MACHINE_MS = 60_000;
const CERTIFICATE = path.resolve('test/fixtures/expired-certificate.pem');
const PAYER = 'payer@example.edu';
const extra = `
users:
  ${PAYER}: { max: 1000 }
upstream: { retries: { attempts: 0 } }
`;

const modelText = (name: string, url: string, further: object = {}) => ({
  name,
  input_cost_per_million: 0,
  output_cost_per_million: 1_000_000,
  endpoints: [{ url, api_key: 'none' }],
  ...further,
});

interface Refusal {
  error: { code: string; message: string };
}

describe('when what Lumen stands on fails', () => {
  let running: AsyncDisposableStack;
  let upstream: CountingUpstream;

  beforeEach(async () => {
    running = new AsyncDisposableStack();
    upstream = running.use(await CountingUpstream.start());
  });

  afterEach(() => running.disposeAsync());

  const ask = (url: string, key: string, model = 'm') =>
    fetch(`${url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model, max_tokens: 5, messages: [{ role: 'user', content: 'x' }] }),
    });

  it(
    'the database goes: requests are refused in words and none is charged; it returns: all is as it was',
    async () => {
      const cluster = await startCluster();
      running.defer(() => cluster.remove());
      const models = JSON.stringify([modelText('m', upstream.url)]);
      const server = running.use(
        await LumenServer.prepare({ databaseUrl: cluster.url, models, extra }),
      );
      await server.command('db', 'upgrade');
      await server.launch();
      const key = await server.createKey(PAYER);
      const status = async (path: string) => (await fetch(server.url + path)).status;
      expect((await ask(server.url, key)).status).toBe(200);
      await requestLogOf(server, 1);

      await cluster.kill();
      const refused = await ask(server.url, key);
      expect(refused.status).toBe(503);
      expect(refused.headers.get('retry-after')).toBe('5');
      expect(((await refused.json()) as Refusal).error.code).toBe('database_unavailable');
      expect(await status('/health/live')).toBe(200);
      expect(await status('/health/ready')).toBe(503);
      const asked = upstream.served.size;

      await cluster.start();
      await until(async () => (await status('/health/ready')) === 200, BUSY_MACHINE_MS);
      expect(asked).toBe(1);
      expect((await ask(server.url, key)).status).toBe(200);
      const rows = await requestLogOf(server, 2);
      expect(rows.filter(({ cost }) => cost)).toHaveLength(2);
      await using pools = await PoolReader.open(server);
      expect(await pools.amounts()).toMatchObject([{ balance: 990_000_000_000n, held: 0n }]);
      await server.command('ledger', 'verify');
    },
    SLOW,
  );

  it(
    'a name that is unknown or a certificate that has expired is one failed attempt of many',
    async () => {
      const pem = { cert: readFileSync(CERTIFICATE), key: readFileSync(keyOf(CERTIFICATE)) };
      const expired = createServer(pem).listen(0, '127.0.0.1');
      await once(expired, 'listening');
      running.defer(() => void expired.close());
      const expiredUrl = `https://127.0.0.1:${(expired.address() as AddressInfo).port}/v1`;
      const unknownUrl = 'http://no-such-host.invalid/v1';
      const server = running.use(
        await LumenServer.start({
          models: JSON.stringify([
            modelText('m', upstream.url),
            modelText('unknown', unknownUrl),
            modelText('expired', expiredUrl),
            modelText('helped', unknownUrl, { fallbacks: ['expired', 'm'] }),
          ]),
          extra,
          environment: { NODE_EXTRA_CA_CERTS: CERTIFICATE },
        }),
      );
      const key = await server.createKey(PAYER);
      for (const model of ['unknown', 'expired']) {
        const refused = await ask(server.url, key, model);
        expect([model, refused.status]).toEqual([model, 502]);
        const { message } = ((await refused.json()) as Refusal).error;
        expect(message).not.toMatch(/no-such-host|CERT|127\.0\.0\.1/);
      }
      const helped = await ask(server.url, key, 'helped');
      expect([helped.status, helped.headers.get('x-lumen-model')]).toEqual([200, 'm']);
      const causeOf = (model: string) =>
        server.nextLine((line) => line['model'] === model && line['msg'] === 'request');
      expect(JSON.stringify(await causeOf('unknown'))).toMatch(/ENOTFOUND|EAI_AGAIN/);
      expect(JSON.stringify(await causeOf('expired'))).toMatch(/certificate has expired/);
      const charged = (await requestLogOf(server, 4)).filter(({ cost }) => cost);
      expect(charged.map(({ model }) => model)).toEqual(['m']);
    },
    SLOW,
  );

  it(
    'an older backup is put back: its books add up, and what came after it is as if it had not been',
    async () => {
      const models = JSON.stringify([modelText('m', upstream.url)]);
      const server = running.use(await LumenServer.start({ models, extra }));
      const key = await server.createKey(PAYER);
      const spend = async () => {
        expect((await ask(server.url, key)).status).toBe(200);
      };
      const stop = async () => {
        server.signal('SIGTERM');
        expect(await server.ended).toBe(0);
      };
      const file = path.join(server.directory, 'lumen.db');
      await spend();
      await stop();
      await copyFile(file, `${file}.backup`);
      await server.launch();
      const later = await server.createKey(PAYER, 'made after the backup');
      await spend();
      await stop();
      await copyFile(`${file}.backup`, file);
      await server.launch();
      expect((await ask(server.url, later)).status).toBe(401);
      await spend();
      await requestLogOf(server, 2);
      await using pools = await PoolReader.open(server);
      expect(await pools.amounts()).toMatchObject([{ balance: 990_000_000_000n, held: 0n }]);
      await server.command('ledger', 'verify');
    },
    SLOW,
  );

  // The limit of another process is set by a program of Linux.
  (process.platform === 'linux' ? it : it.skip)(
    'no file descriptor is left: new callers and new backends are refused, what is under way goes on',
    async () => {
      const other = running.use(await CountingUpstream.start());
      const models = JSON.stringify([modelText('m', upstream.url), modelText('other', other.url)]);
      const server = running.use(await LumenServer.start({ models, extra }));
      const key = await server.createKey(PAYER);
      expect((await ask(server.url, key)).status).toBe(200);
      const line = new Agent({ keepAlive: true, maxSockets: 1 });
      running.defer(() => line.destroy());
      const onLine = (model: string) => askOnLine(line, server.url, key, model);
      expect(await onLine('m')).toMatchObject({ status: 200 });
      upstream.pauseMs = 20;
      const open = askMetered({ url: server.url, key, isStream: true, maxTokens: 100 });
      await until(() => upstream.served.size === 3);
      const numbers = readdirSync(`/proc/${server.pid}/fd`).map(Number);
      limitDescriptors(server.pid, Math.max(...numbers) + 1);

      // Connections until one is closed without a word: no descriptor is left for it.
      const { hostname, port } = new URL(server.url);
      const sockets: Socket[] = [];
      running.defer(() => sockets.forEach((socket) => socket.destroy()));
      for (let isLeft = true; isLeft;) {
        const socket = connect(Number(port), hostname);
        sockets.push(socket);
        socket.on('error', () => undefined);
        isLeft = await isAccepted(socket);
      }
      const refused = await onLine('other');
      expect(refused).toMatchObject({ status: 503, retryAfter: '5' });
      expect((JSON.parse(refused.text) as Refusal).error.code).toBe('overloaded');
      expect(refused.text).not.toMatch(/EMFILE|127\.0\.0\.1/);
      expect(other.served.size).toBe(0);
      expect(await open).toMatchObject({ isAcknowledged: true, tokens: 100 });

      for (const socket of sockets) socket.destroy();
      upstream.pauseMs = 0;
      for (const model of ['m', 'other']) {
        await until(async () => (await onLine(model)).status === 200, BUSY_MACHINE_MS);
      }
      const again = { url: server.url, key, isStream: false, maxTokens: 5 };
      await until(async () => (await askMetered(again)).isAcknowledged, BUSY_MACHINE_MS);
      await server.command('ledger', 'verify');
    },
    SLOW,
  );
});

/** Of this many, those with numbers below: an open one above it stays open. */
function limitDescriptors(pid: number, most: number): void {
  execFileSync('prlimit', ['--pid', String(pid), `--nofile=${most}:`]);
}

/** Whether the server keeps a connection: it answers a question on it, or closes it. */
async function isAccepted(socket: Socket): Promise<boolean> {
  const kept = Promise.withResolvers<boolean>();
  socket.once('close', () => kept.resolve(false));
  const answered = (bytes: Buffer) => kept.resolve(String(bytes).startsWith('HTTP/1.1 200'));
  socket.once('data', answered);
  socket.write('GET /health/live HTTP/1.1\r\nhost: lumen\r\n\r\n');
  return kept.promise;
}

/** Asks on a connection that is open already. */
async function askOnLine(agent: Agent, url: string, key: string, model: string) {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const messages = [{ role: 'user', content: 'x' }];
  const asked = request(`${url}/v1/chat/completions`, { method: 'POST', agent, headers });
  asked.end(JSON.stringify({ model, max_tokens: 5, messages }));
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  const retryAfter = answer.headers['retry-after'];
  return { status: answer.statusCode, retryAfter, text: await text(answer) };
}

const keyOf = (certificate: string) => certificate.replace('.pem', '-key.pem');
