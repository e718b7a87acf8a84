import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { Failure } from './failure.mjs';
import { inRoot } from './paths.mjs';
import { startNode, stopChildren } from './processes.mjs';
import { atTheEnd } from './shutdown.mjs';

const PROGRAM = inRoot('test', 'support', 'lumen', 'kept-commands.ts');
const GRACE_MS = 1_000;

/** Starts the process that makes what specs need by commands; answers its address. */
export async function startKeptCommands() {
  const child = startNode([PROGRAM], { stdio: ['ignore', 'pipe', 'inherit'] });
  atTheEnd(() => stopChildren(GRACE_MS, [child]));
  const said = once(createInterface({ input: child.stdout }), 'line').then(([line]) => line);
  const url = await Promise.race([said, child.ended]);
  if (typeof url === 'string') return url;
  throw new Failure('The process for commands of the tests has ended, see above.');
}
