import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { inCache, inRoot, root } from '../paths.mjs';
import { hashFiles } from '../stamp.mjs';

/** What a figure depends on: another content of these is another Lumen, or another measurement. */
const MEASURED = ['server', 'client', 'test/support', 'test/bench', 'scripts', 'package-lock.json'];

/** The names of all proofs: the specs of test/prove, and the benchmark. */
export function allProofs() {
  const specs = readdirSync(inRoot('test', 'prove'))
    .filter((file) => file.endsWith('.spec.ts'))
    .map((file) => file.replace('.spec.ts', ''))
    .sort();
  return [...specs, BENCH];
}

export const BENCH = 'bench';

/** The hash of everything the proof of this name measures and is measured with. */
export const measuredBy = (name) =>
  hashFiles(root, [...MEASURED, ...(name === BENCH ? [] : [`test/prove/${name}.spec.ts`])]);

const pathOf = (name) => inCache('proof', `${name}.json`);

/** What was last measured under this name, or undefined. */
export const resultOf = (name) =>
  existsSync(pathOf(name)) ? JSON.parse(readFileSync(pathOf(name), 'utf8')) : undefined;

/** Whether this has been proven of the very sources that are here now. */
export function isProven(name) {
  const result = resultOf(name);
  return result !== undefined && result.isKept && result.hash === measuredBy(name);
}

/**
 * Runs `measure(file)`, which answers `{ isKept, tests }` and leaves a figure a line in `file`, and
 * keeps what came out with when and of what it was measured; nothing if it answers null.
 */
export async function keepResult(name, measure) {
  const folder = inCache('proof');
  mkdirSync(folder, { recursive: true });
  const file = inCache('proof', `${name}.figures`);
  rmSync(file, { force: true });
  const before = { startedAt: new Date().toISOString(), load: loadavg()[0] };
  const startedMs = performance.now();
  const measured = await measure(file);
  if (measured === null) {
    rmSync(file, { force: true });
    return;
  }
  const { isKept, tests, figures = [] } = measured;
  const noted = existsSync(file)
    ? readFileSync(file, 'utf8').trim().split('\n').filter(Boolean)
    : [];
  const result = {
    name,
    ...before,
    tookS: (performance.now() - startedMs) / 1000,
    commit: commitNow(),
    hash: measuredBy(name),
    isKept,
    tests,
    figures: [...noted.map((line) => JSON.parse(line)), ...figures],
  };
  rmSync(file, { force: true });
  writeFileSync(pathOf(name), `${JSON.stringify(result, null, 2)}\n`);
  return result;
}

/** The short name of the commit, with a `+` if there are changes on top; undefined without Git. */
function commitNow() {
  try {
    const git = (...args) =>
      execFileSync('git', args, {
        cwd: root,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      });
    const isChanged = git('status', '--porcelain', '--untracked-files=no').trim() !== '';
    return git('rev-parse', '--short', 'HEAD').trim() + (isChanged ? '+' : '');
  } catch {
    return undefined;
  }
}
