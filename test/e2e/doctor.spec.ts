import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { type AddressInfo } from 'node:net';
import path from 'node:path';
import { createServer } from 'node:tls';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { checkCertificate } from '../../server/src/cli/doctor/certificates.js';
import { checkUploads } from '../../server/src/cli/doctor/disk.js';
import { BrowserSession } from '../support/lumen/browser-session.js';
import { runLumenQuickly } from '../support/lumen/lumen-command.js';
import { LumenServer } from '../support/lumen/lumen-server.js';
import { modelWith } from '../support/lumen/models.js';
import { startAs } from '../support/lumen/session-of.js';
import { FakeUpstream } from '../support/upstream/fake-upstream.js';

interface Report {
  isHealthy: boolean;
  findings: { subject: string; status: string; detail: string; advice?: string }[];
}

async function serverMajor({ databaseUrl }: LumenServer): Promise<number> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ version: string }>(
    "SELECT current_setting('server_version_num') AS version",
  );
  await client.end();
  return Math.floor(Number(rows[0]!.version) / 10_000);
}

const NOWHERE = 'http://127.0.0.1:1/v1';

describe('lumen doctor', () => {
  const running = new AsyncDisposableStack();
  let server: LumenServer;
  let text: string;

  beforeAll(async () => {
    const upstream = running.use(await FakeUpstream.start());
    server = running.use(
      await LumenServer.start({
        models: modelWith('m', { url: upstream.url, model: 'upstream-name' }),
      }),
    );
    text = await server.configuration();
  }, 60_000);
  afterAll(() => running.disposeAsync());

  const lumen = (...args: string[]) => runLumenQuickly(args, server.directory, server.environment);
  const examined = async () => {
    const { code, stdout } = await lumen('doctor', '--json');
    const { isHealthy, findings } = JSON.parse(stdout) as Report;
    expect(code).toBe(isHealthy ? 0 : 1);
    const of = (subject: string) => findings.filter((finding) => finding.subject === subject);
    return { isHealthy, findings, of };
  };

  it('finds nothing broken beside a running server, and says what others may read', async () => {
    const { isHealthy, findings, of } = await examined();
    expect(findings.filter(({ status }) => status === 'failed')).toEqual([]);
    expect(isHealthy).toBe(true);
    expect(new Set(findings.map(({ subject }) => subject))).toEqual(
      new Set([
        ...['versions', 'configuration', 'database', 'migrations', 'redis', 'backend'],
        ...['encryption', 'login', 'certificate', 'disk space', 'permissions'],
      ]),
    );
    expect(of('backend')).toMatchObject([{ status: 'ok' }]);
    const file = path.join(server.directory, 'config.yaml');
    await chmod(file, 0o644);
    const open = (await examined()).of('permissions')[0];
    expect(open).toMatchObject({ status: 'warning', advice: 'Run: chmod o= ./config.yaml' });
    await chmod(file, 0o600);
    expect((await examined()).of('permissions')[0]).toMatchObject({ status: 'ok' });
  });

  it('names what is broken, and what to do, without the secrets', async () => {
    const broken = text
      .replace(/"url":"[^"]*"/, `"url":"${NOWHERE}"`)
      .replace('rate_limiting:\n', 'rate_limiting:\n  storage_url: redis://:hush@127.0.0.1:1/0\n')
      .replace('test-encryption-test', 'previous-encryption1');
    await server.configure(broken);
    const { isHealthy, findings, of } = await examined();
    expect(isHealthy).toBe(false);
    expect(of('backend')[0]).toMatchObject({
      status: 'failed',
      detail: expect.stringContaining(NOWHERE) as unknown,
    });
    expect(of('redis')[0]).toMatchObject({ status: 'warning' });
    for (const { status, advice } of findings) {
      expect(Boolean(advice)).toBe(status === 'warning' || status === 'failed');
    }
    expect(JSON.stringify(findings)).not.toMatch(/hush|previous-encryption1|test-secret/);
    await server.configure(text);
  });

  it('says so when the configuration or the database cannot be used', async () => {
    await server.configure(text.replace('debug: true', 'debug: perhaps'));
    expect((await examined()).of('configuration')[0]).toMatchObject({ status: 'failed' });
    await server.configure(text.replace('sqlite:///lumen.db', 'sqlite:///nowhere.db'));
    expect((await examined()).of('database')[0]).toMatchObject({ status: 'failed' });
    await expect(readFile(path.join(server.directory, 'nowhere.db'))).rejects.toThrow('ENOENT');
    await writeFile(path.join(server.directory, 'damaged.db'), 'this is no database'.repeat(500));
    await server.configure(text.replace('sqlite:///lumen.db', 'sqlite:///damaged.db'));
    expect((await examined()).of('database')[0]).toMatchObject({
      status: 'failed',
      detail: expect.stringContaining('damaged.db') as unknown,
    });
    await server.configure(text);
  });

  it('says where PostgreSQL cannot be backed up', async () => {
    await using postgres = await LumenServer.prepare({ dialect: 'postgres' });
    const programs = path.join(postgres.directory, 'programs');
    await mkdir(programs);
    const environment = { ...postgres.environment, PATH: programs };
    const backup = async () => {
      const args = ['doctor', '--json'];
      const { stdout } = await runLumenQuickly(args, postgres.directory, environment);
      return (JSON.parse(stdout) as Report).findings.find(({ subject }) => subject === 'backup');
    };
    expect(await backup()).toMatchObject({
      status: 'warning',
      advice: expect.stringContaining('postgresql-client') as unknown,
    });
    const version = `pg_dump (PostgreSQL) ${await serverMajor(postgres)}.1`;
    const program = path.join(programs, 'pg_dump');
    await writeFile(program, `#!/bin/sh\necho '${version}'\n`, { mode: 0o755 });
    expect(await backup()).toMatchObject({ status: 'ok' });
    const refused = 'invalid sslmode value';
    const dumping = `case "$1" in --version) echo '${version}';; *) echo '${refused}' >&2; exit 1;; esac`;
    await writeFile(program, `#!/bin/sh\n${dumping}\n`);
    expect(await backup()).toMatchObject({
      status: 'warning',
      detail: expect.stringContaining(refused) as unknown,
      advice: expect.stringContaining('PGSSLMODE') as unknown,
    });
  });

  it('looks for the certificates of all addresses, also of providers from the console', async () => {
    const extra = `engineers: [engineer@example.com]
oauth2: { client_id: lumen, client_secret: hush, redirect_uri: 'https://localhost:2/callback' }
governance: { fallback: { base_url: 'https://localhost:3/v1', model: m } }`;
    await using lumen = await startAs('engineer@example.com', { extra });
    const engineer = await BrowserSession.start(lumen);
    const provider = { name: 'Own', slug: 'own', type: 'custom', models: ['m'], apiKey: 'sk-own' };
    const baseUrl = 'https://localhost:4/v1';
    const made = await engineer.fetch('/providers', 'POST', { ...provider, baseUrl });
    expect(made.status).toBe(201);
    const { stdout } = await runLumenQuickly(
      ['doctor', '--json'],
      lumen.directory,
      lumen.environment,
    );
    const looked = (JSON.parse(stdout) as Report).findings.flatMap(({ subject, detail }) =>
      subject === 'certificate' ? [detail.split(': ')[0]] : [],
    );
    expect(looked).toEqual(expect.arrayContaining(['localhost:2', 'localhost:3', 'localhost:4']));
  });

  it('asks for room for the files that people send, and says what it is for', async () => {
    expect(await checkUploads(server.directory, 1e15)).toMatchObject({
      status: 'warning',
      advice: expect.stringContaining('files that people send') as unknown,
    });
    expect(await checkUploads(server.directory, 1)).toMatchObject({ status: 'ok' });
  });

  it('looks at the certificate that a host shows', async () => {
    // What this machine does not trust is told from what has expired by its date.
    const [key, cert] = ['key.pem', 'cert.pem'].map((name) => path.join(server.directory, name));
    const days = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
    const subject = ['-subj', '/CN=localhost', '-days', '30', '-keyout', key!, '-out', cert!];
    await promisify(execFile)('openssl', [...days, ...subject]);
    const pair = { key: await readFile(key!), cert: await readFile(cert!) };
    await using tls = createServer(pair, (socket) => socket.end()).listen(0, '127.0.0.1');
    await once(tls, 'listening');
    const { port } = tls.address() as AddressInfo;
    expect(await checkCertificate(`localhost:${port}`)).toMatchObject({
      status: 'failed',
      advice: expect.stringContaining('NODE_EXTRA_CA_CERTS') as unknown,
    });
    expect(await checkCertificate('127.0.0.1:1')).toMatchObject({ status: 'warning' });
  });
});

describe('lumen in JSON', () => {
  it('answers one value on standard output, refusals included', async () => {
    await using server = await LumenServer.prepare();
    const run = async (...args: string[]) => {
      const done = await runLumenQuickly([...args, '--json'], server.directory, server.environment);
      return { ...done, value: JSON.parse(done.stdout) as unknown };
    };
    expect(await run('db', 'upgrade')).toMatchObject({ code: 0, value: { applied: {} } });
    expect(await run('db', 'status')).toMatchObject({ code: 0, value: { pending: [] } });
    expect(await run('config', 'check')).toMatchObject({ code: 0, value: { ok: true } });
    expect(await run('init-db')).toMatchObject({ code: 0, value: { groups: ['default'] } });
    const key = await run('keys', 'create', '--user', 'ada@example.edu', '--name', 'k');
    expect(key).toMatchObject({
      code: 0,
      value: { key: expect.stringMatching(/^sk_/) as unknown },
    });
    const keys = await run('keys', 'list', '--user', 'ada@example.edu');
    const [{ id }] = keys.value as [{ id: string }];
    expect(await run('keys', 'revoke', id)).toMatchObject({ value: { id, state: 'revoked' } });
    expect(await run('clients', 'create', 'bot')).toMatchObject({ value: { name: 'bot' } });
    expect(await run('clients', 'deactivate', 'bot')).toMatchObject({ value: { isActive: false } });
    expect(await run('clients', 'list')).toMatchObject({ value: [{ state: 'deactivated' }] });
    expect(await run('groups', 'create', 'crew')).toMatchObject({ value: { name: 'crew' } });
    expect(await run('groups', 'add', 'crew', 'ada@example.edu')).toMatchObject({ code: 0 });
    expect(await run('groups', 'members', 'crew')).toMatchObject({
      value: [{ because: 'manual' }],
    });
    expect(await run('groups', 'remove', 'crew', 'ada@example.edu')).toMatchObject({ code: 0 });
    expect(await run('groups', 'delete', 'crew')).toMatchObject({ value: { isRemoved: true } });
    const groups = (await run('groups', 'list')).value as { name: string }[];
    expect(groups.map(({ name }) => name)).toEqual(['default']);
    expect(await run('users', 'role', 'ada@example.edu', 'auditor')).toMatchObject({
      value: { roles: ['user', 'auditor'] },
    });
    expect(await run('users', 'deactivate', 'ada@example.edu')).toMatchObject({
      value: { isActive: false },
    });
    expect(await run('usage', 'export')).toMatchObject({ value: [] });
    expect(await run('secrets', 'reseal')).toMatchObject({ value: { unreadable: 0 } });

    const refusals: [string[], string][] = [
      [['users', 'activate', 'nobody@example.edu'], 'not_found'],
      [['groups', 'create', ' '], 'invalid_request'],
      [['groups', 'delete', 'default'], 'conflict'],
      [['keys', 'create', '--name', 'k'], 'invalid_request'],
      [['keys', 'invent'], 'invalid_usage'],
      [['restore', 'nothing-there'], 'backup_unusable'],
    ];
    for (const [args, code] of refusals) {
      expect(await run(...args)).toMatchObject({ code: 1, value: { error: { code } } });
    }
    await server.configure('app: {');
    expect(await run('db', 'status')).toMatchObject({
      value: { error: { code: 'invalid_configuration' } },
    });
  }, 60_000);
});
