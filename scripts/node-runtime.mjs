import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { Failure } from './failure.mjs';
import { isInstalled, markInstalled } from './installed-packages.mjs';
import { withLock } from './lock.mjs';
import { findNpmCli, npmInstall } from './npm.mjs';
import { lowest, nodePackageFor, satisfies } from './node-version.mjs';
import { hasWaitingParent, watchParent } from './parent.mjs';
import { inRoot } from './paths.mjs';

const RUNTIME = inRoot('scripts', 'runtime');

const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

/**
 * The Node binary to run Lumen on: this process's own if it is new enough, else one from the npm
 * registry, which is fetched once (`scripts/runtime`). See docs/decisions/node-from-npm.md.
 */
export async function suitableNode(progress) {
  const range = readJson(inRoot('package.json')).engines.node;
  if (satisfies(process.version, range)) return process.execPath;
  const byHand = `install Node ${lowest(range)} or newer yourself.`;
  const wanted = nodePackageFor(
    readJson(join(RUNTIME, 'package-lock.json')),
    process.platform,
    process.arch,
  );
  if (!wanted) {
    throw new Failure(
      `Node ${process.versions.node} is too old for Lumen, and the npm registry has no newer one for ${process.platform}-${process.arch}: ${byHand}`,
    );
  }
  const binary = join(RUNTIME, 'node_modules', wanted.name, wanted.binary);
  if (!isFetched(binary)) await fetchNode(wanted, { binary, byHand, progress });
  return binary;
}

/** The packages are optional ones to npm, which may well have installed none of them. */
const isFetched = (binary) => existsSync(binary) && isInstalled(RUNTIME);

async function fetchNode(wanted, { binary, byHand, progress }) {
  const label = `Node ${process.versions.node} is too old for Lumen; fetching Node ${wanted.version} from the npm registry`;
  const purpose = `Node ${wanted.version} could not be fetched`;
  const remedy = `Connect to the network and try again, or ${byHand}`;
  const fetchIt = async () => {
    if (isFetched(binary)) return;
    await progress.step(label, () => npmInstall({ directory: RUNTIME, purpose, remedy }));
    if (!existsSync(binary)) throw new Failure(`${purpose}. ${remedy}`);
    if (spawnSync(binary, ['--version']).status !== 0) {
      throw new Failure(
        `Node ${wanted.version} from the npm registry does not run on this system: ${byHand}`,
      );
    }
    markInstalled(RUNTIME);
  };
  await withLock('node', fetchIt, (pid) =>
    progress.say(`Waiting for process ${pid}, which is fetching Node`),
  );
}

/**
 * Goes on with `args` on another Node binary in place of this process, as far as that can be had:
 * same terminal, same signals, and its exit code as the answer. `node` and `npm` in its children
 * mean that Node too.
 */
export async function continueOn(binary, args) {
  const child = spawn(binary, args, {
    stdio: 'inherit',
    env: {
      ...process.env,
      PATH: `${dirname(binary)}${delimiter}${process.env.PATH ?? ''}`,
      LUMEN_LAUNCHED: '1',
      npm_execpath: findNpmCli() ?? '',
    },
  });
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  // At a terminal the child gets the Ctrl-C itself.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
  if (hasWaitingParent()) watchParent(() => child.kill('SIGTERM'));
  const [code, signal] = await once(child, 'exit');
  if (signal) {
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  }
  return code;
}
