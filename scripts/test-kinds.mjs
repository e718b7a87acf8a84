import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { inCache, inRoot } from './paths.mjs';
import { CAPTURED, endOf, startNode } from './processes.mjs';
import { countResults } from './test-summary.mjs';

const JEST = inRoot('node_modules', 'jest', 'bin', 'jest.js');
const NG = inRoot('node_modules', '@angular', 'cli', 'bin', 'ng.js');

/**
 * The kinds of tests, in the order in which `npm test` runs them: where their specs lie and what
 * must stand ready before they start. Those that share the cores run as many at once as there are
 * cores; the others measure how long these are busy, or break what others would need.
 */
export const KINDS = {
  unit: { folders: ['server/src', 'scripts'], needs: [], sharesCores: true },
  client: { folders: ['client/src'], needs: [] },
  deploy: { folders: ['test/deploy'], needs: ['helm'], sharesCores: true },
  medium: { folders: ['test/medium'], needs: ['postgres', 'redis'], sharesCores: true },
  pace: { folders: ['test/pace'], needs: ['postgres', 'redis'] },
  e2e: {
    folders: ['test/e2e'],
    needs: ['build', 'postgres', 'redis', 'commands'],
    sharesCores: true,
  },
  faults: { folders: ['test/faults'], needs: ['build', 'postgres', 'redis', 'commands'] },
  browser: { folders: ['test/browser'], needs: ['build', 'chromium'], sharesCores: true },
  screenshots: { folders: ['test/screenshots'], needs: ['build', 'chromium'] },
  prove: {
    folders: ['test/prove'],
    needs: ['build', 'postgres', 'redis', 'nginx', 'chromium', 'commands'],
  },
};

/** What configures a Lumen on this machine is no part of a test of Lumen. */
const CONFIGURING = /^(PORT|CONFIG_YAML|DATABASE_URL|REDIS_URL|(OAUTH2|LLM|LUMEN)_.*)$/;
const withoutConfiguration = () =>
  Object.fromEntries(
    Object.keys(process.env)
      .filter((name) => CONFIGURING.test(name))
      .map((name) => [name, undefined]),
  );

/** Whether a kind has any specs. */
export const hasSpecs = (kind) =>
  KINDS[kind].folders.some(
    (folder) =>
      existsSync(inRoot(folder)) &&
      readdirSync(inRoot(folder), { recursive: true }).some((name) => name.endsWith('.spec.ts')),
  );

/**
 * Runs the specs of one kind, those whose path contains one of `patterns` if there are any; answers
 * `{ passed, failed, output }`. What the runner prints goes to the terminal, or into `output` if
 * `isQuiet`.
 */
export async function runKind(kind, { patterns = [], env = {}, isQuiet = false } = {}) {
  const reportFile = inCache('test', `${kind}.json`);
  rmSync(reportFile, { force: true });
  const args =
    kind === 'client' ? vitestArgs(patterns, reportFile) : jestArgs(kind, patterns, reportFile);
  const settings = { env: { ...withoutConfiguration(), NG_CLI_ANALYTICS: 'false', ...env } };
  const child = startNode(args, isQuiet ? { ...settings, stdio: CAPTURED } : settings);
  const { code, output = '' } = await (isQuiet ? endOf(child) : child.ended);
  const report = existsSync(reportFile) ? JSON.parse(readFileSync(reportFile, 'utf8')) : undefined;
  return { ...countResults(report, code), output };
}

function jestArgs(kind, patterns, reportFile) {
  return [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    JEST,
    `--selectProjects=${kind}`,
    '--json',
    `--outputFile=${reportFile}`,
    // What a failed test left running must not keep the others' results waiting for ever.
    ...(kind === 'unit' ? [] : ['--forceExit']),
    `--maxWorkers=${KINDS[kind].sharesCores ? availableParallelism() : 1}`,
    ...(patterns.length > 0 ? ['--', ...patterns] : []),
  ];
}

function vitestArgs(patterns, reportFile) {
  return [
    NG,
    'test',
    '--watch=false',
    '--progress=false',
    '--reporters=default',
    '--reporters=json',
    `--output-file=${reportFile}`,
    ...patterns.map((pattern) => `--include=**/*${pattern}*.spec.ts`),
  ];
}
