import { describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import pg from 'pg';
import { CheckedPool } from '../../../server/src/infrastructure/database/checked-pool.js';
import { GuardedPool } from '../../../server/src/infrastructure/database/guarded-pool.js';
import { normaliseError } from '../../../server/src/infrastructure/errors/normalise-error.js';
import { TestApplication } from '../../support/lumen/application.js';

/** Ends every connection to the application's database from outside, as a restart of it would. */
async function endConnections(app: TestApplication): Promise<void> {
  const admin = new pg.Client({ connectionString: process.env['TEST_POSTGRES_URL'] });
  await admin.connect();
  const name = new URL(app.databaseUrl).pathname.slice(1);
  await admin.query(
    'SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = $1',
    [name],
  );
  await admin.end();
}

const EMPTY_QUERY = Buffer.from('Q\0\0\0\x05\0', 'latin1');

/** A way to PostgreSQL on which connections break, or go silent, with the first `breaks` empty queries. */
async function fragileWay(breaks: number, isSilent = false): Promise<{ url: string; way: Server }> {
  const url = new URL(process.env['TEST_POSTGRES_URL']!);
  const { port, hostname } = url;
  let left = breaks;
  const way = createServer((near) => {
    const far = connect(Number(port), hostname);
    near.on('error', () => far.destroy()).on('close', () => far.destroy());
    far.on('error', () => near.destroy()).on('close', () => near.destroy());
    far.pipe(near);
    near.on('data', (bytes) => {
      if (bytes.includes(EMPTY_QUERY) && left > 0) {
        left -= 1;
        if (!isSilent) near.resetAndDestroy();
      } else far.write(bytes);
    });
  });
  way.listen(0, '127.0.0.1');
  await once(way, 'listening');
  url.port = String((way.address() as AddressInfo).port);
  return { url: url.href, way };
}

/** A server that says it is ready and, in the same breath, that it ends: as one that is stopped may. */
async function abruptServer(): Promise<{ url: string; server: Server }> {
  const message = (type: string, body: string) => {
    const length = Buffer.alloc(4);
    length.writeInt32BE(body.length + 4);
    return Buffer.concat([Buffer.from(type), length, Buffer.from(body, 'latin1')]);
  };
  const fatal = 'SFATAL\0C57P01\0Mterminating connection due to administrator command\0\0';
  const farewell = [message('R', '\0\0\0\0'), message('Z', 'I'), message('E', fatal)];
  const server = createServer((caller) => {
    caller.on('error', () => undefined).once('data', () => caller.end(Buffer.concat(farewell)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `postgres://lumen@127.0.0.1:${port}/lumen`, server };
}

const pool = (text: string) => ({ app: `  db_pool: ${text}` });

describe('the PostgreSQL pool', () => {
  it('replaces connections that died, unseen', async () => {
    await using app = await TestApplication.start('postgres', pool('{ pool_size: 4 }'));
    await Promise.all([1, 2, 3, 4].map(() => app.dataSource.query('SELECT pg_sleep(0.05)')));
    await endConnections(app);
    const answers = await Promise.all(
      [1, 2, 3, 4].map((n) => app.dataSource.query(`SELECT ${n} AS n`)),
    );
    expect(answers).toEqual([[{ n: 1 }], [{ n: 2 }], [{ n: 3 }], [{ n: 4 }]]);
  });

  it('opens as many connections as pool_size and max_overflow say, and no more', async () => {
    await using app = await TestApplication.start(
      'postgres',
      pool('{ pool_size: 1, max_overflow: 1, pool_timeout: 3 }'),
    );
    const first = app.dataSource.createQueryRunner();
    const second = app.dataSource.createQueryRunner();
    await first.connect();
    await second.connect();
    const failure = await app.dataSource.query<unknown>('SELECT 1').catch(normaliseError);
    expect(failure).toMatchObject({ code: 'database_unavailable', status: 503, retryAfterS: 5 });
    await first.release();
    expect(await app.dataSource.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await second.release();
  });

  it('survives a connection that dies while it is tried', async () => {
    const { url, way } = await fragileWay(1);
    const pool = new CheckedPool({ connectionString: url });
    await expect(pool.query('SELECT 1 AS one')).rejects.toThrow();
    await expect(pool.query('SELECT 1 AS one')).resolves.toMatchObject({ rows: [{ one: 1 }] });
    await pool.end();
    way.close();
  });

  it('gives up a connection whose server has vanished without a word', async () => {
    const { url, way } = await fragileWay(1, true);
    const pool = new CheckedPool({ connectionString: url, max: 1 });
    await expect(pool.query('SELECT 1 AS one')).rejects.toThrow('Connection terminated');
    await expect(pool.query('SELECT 1 AS one')).resolves.toMatchObject({ rows: [{ one: 1 }] });
    await pool.end();
    way.close();
  });

  it.each([
    ['before it is handed out', GuardedPool],
    ['before it is tried', CheckedPool],
  ])('survives a connection that dies %s', async (_when, Kind) => {
    const { url, server } = await abruptServer();
    const pool = new Kind({ connectionString: url });
    await expect(pool.query('SELECT 1 AS one')).rejects.toThrow();
    await expect(pool.connect().then((client) => client.query('SELECT 1'))).rejects.toThrow();
    server.close();
  });
});
