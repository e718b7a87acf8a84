import { checkAdvisories } from './advisories.mjs';
import { build } from './build.mjs';
import { dependencyProblems } from './dependencies.mjs';
import { Failure } from './failure.mjs';
import { failIfStale, generateOpenApiFiles } from './openapi-files.mjs';
import { inCache, inRoot } from './paths.mjs';
import { runOrFail } from './processes.mjs';
import { hasSpecs, runKind } from './test-kinds.mjs';
import { summaryLine } from './test-summary.mjs';

const SILENT = { step: (label, work) => work(), say: () => undefined };

/** A step that runs a tool of node_modules, named by its file, and passes if that exits 0. */
const tool = (name, [file, ...args], remedy = '') => ({
  name,
  run: () =>
    runOrFail(process.execPath, [inRoot('node_modules', file), ...args], {
      message: remedy,
    }),
});

/** What jest says of a file in which nothing is wrong. */
const PASSED_FILE = /^PASS .*\n/gm;

const tests = (name, kind) => ({
  name,
  async run() {
    if (!hasSpecs(kind)) return;
    const { output, ...counts } = await runKind(kind, { isQuiet: true });
    if (counts.failed === 0) return;
    throw new Failure(summaryLine(counts), { output: output.replaceAll(PASSED_FILE, '') });
  },
});

const tsc = (name, project) => [
  'typescript/bin/tsc',
  '--noEmit',
  '--incremental',
  '--tsBuildInfoFile',
  inCache('tsc', `${name}.tsbuildinfo`),
  '-p',
  project,
];

/** Compiling the server checks its types; its routes then give the OpenAPI document. */
const server = {
  name: 'server build, OpenAPI files',
  async run() {
    await build(['server'], SILENT);
    failIfStale(await generateOpenApiFiles());
  },
};

/** Licences and install scripts of all packages; what is known against them, if the registry tells. */
const dependencies = {
  name: 'dependencies',
  run() {
    const problems = dependencyProblems();
    if (problems.length > 0) throw new Failure(problems.join('\n'));
    return checkAdvisories();
  },
};

/**
 * What `npm run check` does, the longest first: `{ name, run }`. A failing `run` throws a Failure;
 * what it answers, if anything, is a note for whoever watches.
 */
export const checkSteps = () => [
  tool('lint', [
    'eslint/bin/eslint.js',
    '.',
    '--max-warnings=0',
    '--cache',
    `--cache-location=${inCache('eslint', 'cache')}`,
  ]),
  tests('client tests', 'client'),
  tool('client types', [
    '@angular/compiler-cli/bundles/src/bin/ngc.js',
    '-p',
    'client/tsconfig.spec.json',
  ]),
  server,
  tests('unit tests', 'unit'),
  tool('server and test types', tsc('test', 'test/tsconfig.json')),
  dependencies,
  tool('script types', tsc('scripts', 'scripts/tsconfig.json')),
  tool('bench types', tsc('bench', 'test/bench/tsconfig.json')),
  tool(
    'format',
    [
      'prettier/bin/prettier.cjs',
      '--check',
      '.',
      '--log-level=warn',
      '--cache',
      `--cache-location=${inCache('prettier', 'cache')}`,
    ],
    'Mend with: npm run format',
  ),
  tool('import rules', [
    'dependency-cruiser/bin/dependency-cruiser.mjs',
    'server/src',
    '--config',
    '.dependency-cruiser.mjs',
  ]),
  tool('client worker types', tsc('client-worker', 'client/tsconfig.worker.json')),
];
