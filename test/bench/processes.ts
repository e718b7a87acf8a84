import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type Job, type JobOutcome, type JobResult } from './job.ts';

/** A part of the bench that listens in a process of its own. */
export interface Service extends Disposable {
  /** Such as `http://127.0.0.1:41234`. */
  origin: string;
}

/** Starts one of the programs beside this file, which announces its port. */
export async function startService(program: string, ...args: string[]): Promise<Service> {
  const child = start(program, args);
  const port = await Promise.race([nextMessage(child), endOf(child, program)]);
  return { origin: `http://127.0.0.1:${String(port)}`, [Symbol.dispose]: () => child.kill() };
}

/** The callers, in a process of their own. */
export class Load implements Disposable {
  private readonly child: ChildProcess = start('load.ts', []);

  /** Does a job; one at a time. Rejects at the first answer that is not the backend's. */
  async run(job: Job): Promise<JobResult> {
    this.child.send(job);
    const message = await Promise.race([nextMessage(this.child), endOf(this.child, 'load.ts')]);
    const outcome = message as JobOutcome;
    if ('error' in outcome) throw new Error(outcome.error);
    return outcome.result;
  }

  [Symbol.dispose](): void {
    this.child.kill();
  }
}

function start(program: string, args: readonly string[]): ChildProcess {
  return fork(fileURLToPath(new URL(program, import.meta.url)), args);
}

async function nextMessage(child: ChildProcess): Promise<unknown> {
  const [message] = (await once(child, 'message')) as [unknown];
  return message;
}

async function endOf(child: ChildProcess, program: string): Promise<never> {
  const [code] = (await once(child, 'exit')) as [number | null];
  throw new Error(`${program} ended early with ${code}.`);
}
