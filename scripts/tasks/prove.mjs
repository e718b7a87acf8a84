import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, release, totalmem, type } from 'node:os';
import { Failure } from '../failure.mjs';
import { install } from '../install.mjs';
import { inCache, inRoot } from '../paths.mjs';
import { proofPage } from '../proof/proof-page.mjs';
import { allProofs, BENCH, isProven, keepResult, resultOf } from '../proof/proof-results.mjs';
import { isStopping } from '../shutdown.mjs';
import { runKind } from '../test-kinds.mjs';
import { summaryLine } from '../test-summary.mjs';
import { run as runBench } from './bench.mjs';
import { prepare } from './test.mjs';

/**
 * `npm run prove`: the long figures of test/prove (races, kills, soaks, scale) and the benchmark, one
 * after another, and docs/proof.md from them. What was proven of these very sources is not run again,
 * so a run that was stopped goes on where it was. `-- words`: only the proofs whose name has one of
 * them, in any case, and no page; `--again`: all of them in any case; `--page`: only the page.
 */
export async function run({ args, progress }) {
  const options = new Set(args.filter((argument) => argument.startsWith('--')));
  const words = args.filter((argument) => !argument.startsWith('--'));
  const named = allProofs().filter(
    (name) => words.length === 0 || words.some((word) => name.includes(word)),
  );
  if (named.length === 0) throw new Failure(`There is no proof with ${words.join(' or ')}.`);
  const isChosen = (name) => words.length > 0 || options.has('--again') || !isProven(name);
  const isPageOnly = options.has('--page');
  if (!isPageOnly && !(await proveEach(named.filter(isChosen), progress))) return 1;
  const results = named.map((name) => resultOf(name) ?? { name });
  if (words.length === 0) writePage(results, progress);
  if (isPageOnly) return 0;
  const passed = results.filter(({ isKept }) => isKept).length;
  progress.say(`\n${summaryLine({ passed, failed: results.length - passed })}`);
  return passed === results.length ? 0 : 1;
}

/** Answers whether all of them have been run; a signal ends that. */
async function proveEach(names, progress) {
  if (names.length === 0) return true;
  await install(progress);
  const env = await prepare(['prove'], progress);
  for (const [index, name] of names.entries()) {
    progress.say(`\n${name} (${index + 1} of ${names.length})`);
    const measure = name === BENCH ? () => bench(progress) : (file) => runSpec(name, file, env);
    // What was stopped was neither kept nor missed.
    await keepResult(name, async (file) => {
      const measured = await measure(file);
      return isStopping() ? null : measured;
    });
    if (isStopping()) return false;
  }
  return true;
}

async function runSpec(name, file, env) {
  const { failed } = await runKind('prove', {
    patterns: [`test/prove/${name}\\.spec\\.ts`],
    env: { ...env, PROOF_FILE: file },
  });
  const path = inCache('test', 'prove.json');
  const report = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : { testResults: [] };
  const tests = report.testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .map(({ ancestorTitles, title, status, duration }) => ({
      title: [...ancestorTitles, title].join(', '),
      isPassed: status === 'passed',
      tookS: (duration ?? 0) / 1000,
    }));
  return { isKept: failed === 0 && tests.length > 0, tests };
}

/** The benchmark says by itself what is missed, and fails only where an answer was wrong. */
async function bench(progress) {
  const code = await runBench({ args: [], progress });
  if (code !== 0) return { isKept: false, tests: [] };
  const { sections } = JSON.parse(readFileSync(inCache('bench.json'), 'utf8'));
  const rows = sections.flatMap(({ database, rows: measured }) =>
    measured.map((row) => ({ ...row, figure: `${database.split(/[ ,]/)[0]}: ${row.figure}` })),
  );
  const figures = rows.map(({ figure, lumen, compared, promise }) => ({
    text: [
      figure,
      `${lumen}, ${compared}`,
      promise?.text ?? '–',
      promise ? (promise.isMet ? 'kept' : 'missed') : '',
    ],
  }));
  return { isKept: rows.every(({ promise }) => promise?.isMet !== false), tests: [], figures };
}

function writePage(results, progress) {
  writeFileSync(inRoot('docs', 'proof.md'), proofPage({ machine: machine(), results }));
  progress.say('\nWritten: docs/proof.md');
}

function machine() {
  const memory = Math.round(totalmem() / 2 ** 30);
  return `Node ${process.version} on ${type()} ${release().split('-')[0]}, ${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), ${memory} GiB of memory.`;
}
