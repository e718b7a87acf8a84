import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import { type AddressInfo, connect, type Socket } from 'node:net';
import path from 'node:path';
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
upstream:
  retries: { attempts: 0 }
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
    'no file descriptor is left: what is under way goes on, and so does everything once some are',
    async () => {
      const models = JSON.stringify([modelText('m', upstream.url)]);
      const server = running.use(await LumenServer.start({ models, extra }));
      const key = await server.createKey(PAYER);
      expect((await ask(server.url, key)).status).toBe(200);
      upstream.pauseMs = 20;
      const open = askMetered({ url: server.url, key, isStream: true, maxTokens: 100 });
      await until(() => upstream.served.size === 2);
      const used = Number(
        execFileSync('ls', [`/proc/${server.pid}/fd`])
          .toString()
          .split('\n').length,
      );
      const limit = (most: number) =>
        execFileSync('prlimit', ['--pid', String(server.pid), `--nofile=${most}:`]);
      limit(used + 10);
      const { hostname, port } = new URL(server.url);
      const sockets: Socket[] = [];
      let closed = 0;
      for (let index = 0; index < 40; index += 1) {
        const socket = connect(Number(port), hostname);
        socket.on('error', () => undefined).once('close', () => (closed += 1));
        sockets.push(socket);
      }
      running.defer(() => sockets.forEach((socket) => socket.destroy()));
      await until(() => closed > 0 || sockets.every(({ connecting }) => !connecting), 20_000);
      expect(await open).toMatchObject({ isAcknowledged: true, tokens: 100 });
      for (const socket of sockets) socket.destroy();
      upstream.pauseMs = 0;
      await until(async () => {
        const answer = await askMetered({ url: server.url, key, isStream: false, maxTokens: 5 });
        return answer.isAcknowledged;
      }, BUSY_MACHINE_MS);
      await server.command('ledger', 'verify');
    },
    SLOW,
  );
});

const keyOf = (certificate: string) => certificate.replace('.pem', '-key.pem');
