import { existsSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Failure } from './failure.mjs';
import { capture } from './processes.mjs';

const NETWORK_ERRORS = [
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'ERR_SOCKET_TIMEOUT',
  'FETCH_ERROR',
];

const INSTALL_OPTIONS = [
  '--no-save',
  '--include=dev',
  '--include=optional',
  '--ignore-scripts',
  '--no-audit',
  '--no-fund',
  '--fetch-retries=3',
  '--fetch-retry-mintimeout=1000',
  '--fetch-retry-maxtimeout=5000',
];

/** A registry that cannot be reached is noticed in seconds; an install would try for minutes. */
const PING_OPTIONS = ['--fetch-retries=2', '--fetch-retry-mintimeout=500', '--fetch-timeout=15000'];

/**
 * npm's own program file, so that npm runs on the Node this process runs on: the one npm that
 * started us, else the one installed beside Node. Undefined where only the PATH knows.
 */
export function findNpmCli() {
  const bin = dirname(process.execPath);
  const candidates = [
    process.env.npm_execpath,
    join(bin, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(bin, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ];
  return candidates.find((path) => path && /npm-cli\.c?js$/.test(path) && existsSync(path));
}

/**
 * Installs what `directory`'s lock file names, from nothing: development dependencies included,
 * install scripts left out. `npm ci` would do but for one thing: it refuses a lock file that lacks an
 * optional package of another platform, which is what a registry that does not carry it leads to.
 * `purpose` begins a Failure's message ("The packages could not be installed"), `remedy` ends it.
 */
export async function npmInstall({ directory, purpose, remedy }) {
  const fail = (output) => npmFailure(output, { purpose, remedy });
  const ping = await npm(['ping', ...PING_OPTIONS], directory);
  // Any other complaint (a registry without this address) is no reason not to try.
  if (ping.code !== 0 && isNetworkError(ping.output)) throw fail(ping.output);
  await empty(join(directory, 'node_modules'));
  const { code, output } = await npm(
    ['install', '--prefix', directory, ...INSTALL_OPTIONS],
    directory,
  );
  if (code !== 0) throw fail(output);
}

/** Runs npm; answers how it ended and what it printed, as `capture` does. */
export function npm(args, cwd) {
  const cli = findNpmCli();
  return cli ? capture(process.execPath, [cli, ...args], { cwd }) : capture('npm', args, { cwd });
}

/** Removes what is in a folder, not the folder: it may be a volume of its own. */
async function empty(folder) {
  await mkdir(folder, { recursive: true });
  const names = await readdir(folder);
  await Promise.all(names.map((name) => rm(join(folder, name), { recursive: true, force: true })));
}

/** What npm's output means, as one line; the output itself is kept where it says more than that. */
export function npmFailure(output, { purpose, remedy }) {
  const code = errorCode(output);
  if (isNetworkError(output)) {
    return new Failure(`${purpose}: the npm registry cannot be reached (${code}). ${remedy}`);
  }
  return new Failure(`${purpose}: npm failed${code ? ` (${code})` : ''}, see above.`, { output });
}

const errorCode = (output) => /^npm (?:error|ERR!) code (\S+)/m.exec(output)?.[1];

const isNetworkError = (output) => NETWORK_ERRORS.includes(errorCode(output));
