import { availableParallelism } from 'node:os';
import { checkSteps } from '../check-steps.mjs';
import { asFailure, Failure } from '../failure.mjs';
import { install } from '../install.mjs';
import { isStopping } from '../shutdown.mjs';

/** More at a time would only make each of them slower. */
const PARALLEL = Math.min(4, Math.max(2, availableParallelism()));

/** `npm run check`: the quick loop. Every step runs; those that failed are shown at the end. */
export async function run({ progress }) {
  await install(progress);
  const waiting = checkSteps();
  const failed = [];
  const work = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      const { name, run: check } = step;
      const note = await progress
        .step(name, check)
        .catch((error) => void failed.push({ name, error }));
      if (typeof note === 'string') progress.say(note);
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, work));
  if (isStopping()) return;
  for (const { name, error } of failed) progress.say(`\n— ${name} —\n${describe(error)}`);
  if (failed.length > 0) throw new Failure(`Failed: ${failed.map(({ name }) => name).join(', ')}.`);
}

function describe(error) {
  const failure = asFailure(error);
  if (!(failure instanceof Failure)) return failure.stack;
  return [failure.output.trimEnd(), failure.message].filter(Boolean).join('\n');
}
