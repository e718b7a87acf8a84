#!/usr/bin/env node
/**
 * `node scripts/run.mjs <task> [arguments]`: what the npm scripts call. Plain JavaScript without
 * dependencies up to the point where a task has installed them, for any Node from 20.19 on.
 */
import { fileURLToPath } from 'node:url';
import { Failure, report } from './failure.mjs';
import { continueOn, suitableNode } from './node-runtime.mjs';
import { createProgress } from './progress.mjs';
import { cleanUp, isStopping, stopOnSignals } from './shutdown.mjs';

/** Each task's file in `tasks/`. What stands behind a colon is handed to it as `kind`. */
const TASKS = {
  start: 'start',
  dev: 'dev',
  dummy: 'dummy',
  build: 'build',
  check: 'check',
  test: 'test',
  'test:unit': 'test',
  'test:client': 'test',
  'test:deploy': 'test',
  'test:medium': 'test',
  'test:pace': 'test',
  'test:e2e': 'test',
  'test:faults': 'test',
  'test:browser': 'test',
  bench: 'bench',
  prove: 'prove',
  screenshots: 'screenshots',
  format: 'format',
  openapi: 'openapi',
  sbom: 'sbom',
  'new:migration': 'new-migration',
};

/** Tasks that run until they are stopped. */
const SERVICES = ['start', 'dev', 'dummy'];

async function main([name, ...args]) {
  if (!Object.hasOwn(TASKS, name ?? '')) {
    throw new Failure(
      `${name ?? 'Nothing'} is not a task. There are: ${Object.keys(TASKS).join(', ')}.`,
    );
  }
  const ignoreSignals = stopOnSignals({ isService: SERVICES.includes(name) });
  const progress = createProgress();
  const node = await suitableNode(progress);
  if (node !== process.execPath) {
    ignoreSignals();
    return continueOn(node, [fileURLToPath(import.meta.url), name, ...args]);
  }
  const { run } = await import(`./tasks/${TASKS[name]}.mjs`);
  return run({ args, kind: name.split(':')[1], progress });
}

/** A signal ends the process by itself; what a task makes of its dying children is no news then. */
const unlessStopping = (work) => (isStopping() ? undefined : work());

main(process.argv.slice(2).filter((argument) => argument !== '--'))
  .then(
    (exitCode) => unlessStopping(() => (process.exitCode = exitCode ?? 0)),
    (error) => unlessStopping(() => (process.exitCode = report(error))),
  )
  .then(() => unlessStopping(cleanUp));
