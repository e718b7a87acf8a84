import { existsSync, rmSync } from 'node:fs';
import { Failure, report } from './failure.mjs';
import { withLock } from './lock.mjs';
import { inRoot, root } from './paths.mjs';
import { runOrFail } from './processes.mjs';
import { hashFiles, stamp } from './stamp.mjs';

const NEST = inRoot('node_modules', '@nestjs', 'cli', 'bin', 'nest.js');
const NG = inRoot('node_modules', '@angular', 'cli', 'bin', 'ng.js');

/** No question about usage statistics. */
const QUIET = { NG_CLI_ANALYTICS: 'false' };

/**
 * What is built: from which files, by which command, and `output`, the file that stands for the
 * result (it is part of the stamp: a build made by hand in another way is noticed).
 */
const PARTS = {
  server: {
    label: 'Building the server',
    failure: 'The server does not compile, see above.',
    inputs: [
      'server/src',
      'server/tsconfig.json',
      'server/tsconfig.build.json',
      'nest-cli.json',
      'package-lock.json',
    ],
    output: 'server/dist/main.js',
    command: [NEST, 'build'],
    /** The compiler's own memory of what it has written, wrong once the output is gone. */
    memory: 'server/dist/tsconfig.build.tsbuildinfo',
    watchCommand: [NEST, 'build', '--watch', '--preserveWatchOutput'],
  },
  client: {
    label: 'Building the client',
    failure: 'The client does not compile, see above.',
    inputs: ['client', 'angular.json', 'package-lock.json'],
    output: 'client/dist/browser/index.html',
    command: [NG, 'build', '--configuration', 'production', '--progress=false'],
    watchCommand: [
      NG,
      'build',
      '--watch',
      '--configuration',
      'development',
      '--output-hashing=all',
      '--progress=false',
    ],
  },
};

/** The parts there are: `server` and `client`. */
export const ALL_PARTS = Object.keys(PARTS);

/** What a command of `./lumen` needs built: the server, and to serve its pages the client too. */
export function partsFor(args) {
  return args.find((argument) => !argument.startsWith('-')) === 'start' ? ALL_PARTS : ['server'];
}

/** Builds those of the named parts whose sources have changed, beside each other. */
export async function build(names, progress) {
  if (names.every(isBuilt)) return;
  const onWait = (pid) => progress.say(`Waiting for process ${pid}, which is building`);
  await withLock('build', () => buildStale(names, progress), onWait);
}

/** The arguments for Node that build a part again whenever its sources change. */
export const watchCommand = (name) => PARTS[name].watchCommand;

/** Forgets that the parts were built, for those who write into their output otherwise. */
export function forgetBuild(names) {
  for (const name of names) stamp(name).clear();
}

async function buildStale(names, progress) {
  const stale = names.filter((name) => !isBuilt(name));
  const results = await Promise.allSettled(stale.map((name) => buildPart(name, progress)));
  const failures = results
    .filter((result) => result.status === 'rejected')
    .map((result) => result.reason);
  if (failures.length === 0) return;
  for (const failure of failures.slice(0, -1)) report(failure);
  throw failures.at(-1);
}

async function buildPart(name, progress) {
  const { label, failure, inputs, output, command, memory } = PARTS[name];
  const before = hashFiles(root, inputs);
  if (memory && !existsSync(inRoot(output))) rmSync(inRoot(memory), { force: true });
  await progress.step(label, () =>
    runOrFail(process.execPath, command, { message: failure, env: QUIET }),
  );
  if (!existsSync(inRoot(output))) throw new Failure(`${label}: ${output} did not come out of it.`);
  // A source changed meanwhile: the next build sees it, because the stamp is that of the beginning.
  stamp(name).write(`${before} ${hashFiles(root, [output])}`);
}

function isBuilt(name) {
  const { inputs, output } = PARTS[name];
  return (
    existsSync(inRoot(output)) &&
    stamp(name).isCurrent(`${hashFiles(root, inputs)} ${hashFiles(root, [output])}`)
  );
}
