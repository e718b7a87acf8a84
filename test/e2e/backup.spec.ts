import { execFile } from 'node:child_process';
import { appendFile, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runLumen, runLumenQuickly } from '../support/lumen/lumen-command.js';
import { LumenServer } from '../support/lumen/lumen-server.js';
import { modelWith } from '../support/lumen/models.js';
import { FakeUpstream } from '../support/upstream/fake-upstream.js';

const CLI = fileURLToPath(new URL('../../server/dist/cli.js', import.meta.url));
const run = promisify(execFile);

interface Manifest {
  folder: string;
  migrations: string[];
  file: string;
}

describe('a backup of SQLite', () => {
  const running = new AsyncDisposableStack();
  let upstream: FakeUpstream;
  let server: LumenServer;
  let key: string;

  beforeAll(async () => {
    upstream = running.use(await FakeUpstream.start());
    server = running.use(
      await LumenServer.start({ models: modelWith('m', { url: upstream.url }) }),
    );
    key = await server.createKey();
  }, 60_000);
  afterAll(() => running.disposeAsync());

  const lumen = (...args: string[]) => runLumenQuickly(args, server.directory, server.environment);
  const json = async (...args: string[]): Promise<unknown> =>
    JSON.parse((await lumen(...args, '--json')).stdout);
  const ask = async () => {
    const answer = await fetch(`${server.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'm', messages: [{ role: 'user', content: 'hi' }] }),
    });
    expect(answer.status).toBe(200);
    await answer.text();
  };
  const logged = async () =>
    ((await json('usage', 'export', '--detail', 'requests')) as unknown[]).length;

  it('is of one moment while requests are written, and an older one goes back over a newer state', async () => {
    await ask();
    let isDone = false;
    const asking = (async () => {
      while (!isDone) await ask();
    })();
    const { folder, ...manifest } = (await json('backup')) as Manifest;
    isDone = true;
    await asking;
    await ask();
    const later = await logged();
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect(await readdir(folder)).toEqual(['database.sqlite', 'manifest.json']);
    expect(JSON.parse(await readFile(path.join(folder, 'manifest.json'), 'utf8'))).toEqual(
      manifest,
    );

    // Against a server that runs, and against what is there, nothing goes without being asked for.
    const refused = await json('restore', folder);
    expect(refused).toMatchObject({ error: { code: 'conflict' } });
    const busy = await runLumen(
      ['restore', folder, '--force', '--json'],
      server.directory,
      server.environment,
    );
    expect(busy.code).toBe(1);
    expect(JSON.parse(busy.stdout)).toMatchObject({ error: { code: 'server_running' } });
    await ask();

    server.signal('SIGTERM');
    await server.ended;
    const restored = (await json('restore', folder, '--force')) as { keptAs: string };
    expect((await stat(path.resolve(server.directory, restored.keptAs))).size).toBeGreaterThan(0);
    expect(await json('ledger', 'verify')).toMatchObject({ isSound: true });
    const earlier = await logged();
    expect(earlier).toBeGreaterThanOrEqual(1);
    expect(earlier).toBeLessThan(later);
    await server.launch();
    await ask();
    expect(await logged()).toBe(earlier + 1);
  }, 60_000);

  it('leaves nothing behind where the disk is full', async () => {
    // A limit on the size of files is what a full disk is to a program, and any user may set it.
    const script = 'trap "" XFSZ; ulimit -f 64; exec "$0" "$@"';
    const args = ['-c', script, process.execPath, CLI, 'backup', 'full', '--json'];
    const options = { cwd: server.directory, env: server.environment };
    const failure = (await run('sh', args, options).catch((error: unknown) => error)) as {
      code: number;
      stdout: string;
    };
    expect(failure.code).toBe(1);
    expect(JSON.parse(failure.stdout)).toMatchObject({ error: { code: 'no_space' } });
    expect(await readdir(path.join(server.directory, 'full'))).toEqual([]);
  });

  it('is refused when it is broken, of a later Lumen, or none at all', async () => {
    const { folder, ...manifest } = (await json('backup', 'kept')) as Manifest;
    const data = path.join(folder, manifest.file);
    const whole = await readFile(data);
    await appendFile(data, 'x');
    const refusal = { error: { code: 'backup_unusable' } };
    expect(await json('restore', folder, '--force')).toMatchObject(refusal);
    await writeFile(data, whole.fill(0xff, 4096, 8192));
    expect(await json('restore', folder, '--force')).toMatchObject(refusal);
    const migrations = [...manifest.migrations, 'OfTomorrow1999999999999'];
    const file = path.join(folder, 'manifest.json');
    await writeFile(file, JSON.stringify({ ...manifest, migrations }));
    const newer = await lumen('restore', folder, '--force');
    expect(newer).toMatchObject({ code: 1, stdout: '' });
    expect(newer.stderr).toContain('OfTomorrow1999999999999');
    await rm(file);
    expect(await json('restore', folder)).toMatchObject(refusal);
    await ask();
  });
});

/** Writes nothing, but under the name and the version that is asked for. */
const PROGRAM = `#!/bin/sh
for word; do case $word in
  --version) echo 'pg_dump (PostgreSQL) 99.1' ;;
  --file=*) : > "\${word#--file=}" ;;
esac; done
`;

describe('a backup of PostgreSQL', () => {
  it('warns where pg_dump is of another major version than the server', async () => {
    await using server = await LumenServer.prepare({ dialect: 'postgres' });
    const programs = path.join(server.directory, 'programs');
    await mkdir(programs);
    await writeFile(path.join(programs, 'pg_dump'), PROGRAM, { mode: 0o755 });
    const environment = { ...server.environment, PATH: `${programs}:/bin` };
    const backUp = (...args: string[]) =>
      runLumenQuickly(['backup', ...args], server.directory, environment);
    const said = await backUp('one');
    expect(said).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\S+\n$/) as unknown });
    expect(said.stderr).toMatch(/pg_dump is of PostgreSQL 99 and the server of \d+, /);
    const { stdout } = await backUp('two', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      warning: expect.stringContaining('Install the client programs of PostgreSQL') as unknown,
    });
    const args = ['doctor', '--json'];
    const doctor = await runLumenQuickly(args, server.directory, environment);
    expect(doctor.stdout).toContain('pg_dump is of PostgreSQL 99');
  });

  it('is made and put back by the programs of PostgreSQL, or says what is missing', async () => {
    await using server = await LumenServer.prepare({ dialect: 'postgres' });
    const lumen = (...args: string[]) =>
      runLumenQuickly(args, server.directory, server.environment);
    await server.createKey('ada@example.edu', 'before');
    const made = await lumen('backup', 'kept', '--json');
    if (made.code !== 0) {
      // An older pg_dump than the server, or none: it is said, and nothing half is left.
      const { error } = JSON.parse(made.stdout) as { error: { message: string } };
      expect(error.message).toMatch(/client programs of PostgreSQL/);
      expect(await readdir(path.join(server.directory, 'kept'))).toEqual([]);
      return;
    }
    const { folder } = JSON.parse(made.stdout) as Manifest;
    await server.createKey('bob@example.edu', 'after');
    const refused = await lumen('restore', folder, '--json');
    expect(JSON.parse(refused.stdout)).toMatchObject({ error: { code: 'conflict' } });
    const restored = await lumen('restore', folder, '--force', '--json');
    expect(restored).toMatchObject({ code: 0 });
    expect(JSON.parse(restored.stdout)).toMatchObject({
      keptAs: expect.stringMatching(/^the schema lumen_before_/) as unknown,
      isBehind: false,
    });
    const people = JSON.parse((await lumen('users', 'list', '--json')).stdout) as unknown[];
    expect(people).toMatchObject([{ email: 'ada@example.edu' }]);
    expect(await lumen('ledger', 'verify')).toMatchObject({ code: 0 });
    await server.launch();
    const busy = await lumen('restore', folder, '--force', '--json');
    expect(JSON.parse(busy.stdout)).toMatchObject({ error: { code: 'server_running' } });
  }, 60_000);
});
