import { type ChildProcess, type Serializable } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { startNode, stopChildren } from '../../scripts/processes.mjs';
import { atTheEnd } from '../../scripts/shutdown.mjs';
import { type Job, type JobOutcome, type JobResult } from './job.ts';

const GRACE_MS = 2_000;

/** Something that listens in a process of its own. */
export interface Service {
  /** Such as `http://127.0.0.1:41234`. */
  origin: string;
  pid: number;
}

/** Starts one of the programs beside this file, which announces its port. */
export async function startService(program: string, ...args: string[]): Promise<Service> {
  const mailbox = new Mailbox(program, args);
  const port = await mailbox.next();
  return { origin: `http://127.0.0.1:${String(port)}`, pid: mailbox.pid };
}

/** The callers, in a process of their own. */
export class Load {
  private readonly mailbox = new Mailbox('load.ts', []);

  /** Does a job; one at a time. Rejects at the first answer that is not the backend's. */
  async run(job: Job): Promise<JobResult> {
    this.mailbox.send(job);
    const outcome = (await this.mailbox.next()) as JobOutcome;
    if ('error' in outcome) throw new Error(outcome.error);
    return outcome.result;
  }
}

/** A program beside this file in a process that lives as long as the run, and what it says. */
export class Mailbox {
  private readonly child: ChildProcess;
  private readonly program: string;
  private waiting: PromiseWithResolvers<unknown> | null = null;

  constructor(program: string, args: readonly string[]) {
    this.program = program;
    const path = fileURLToPath(new URL(program, import.meta.url));
    const child: ChildProcess = startNode([path, ...args], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.child = child;
    atTheEnd(() => stopChildren(GRACE_MS, [child]));
    child.on('message', (message) => this.waiting?.resolve(message));
    child.on('exit', () => this.waiting?.reject(this.ended()));
  }

  get pid(): number {
    return this.child.pid!;
  }

  send(message: Serializable): void {
    this.child.send(message);
  }

  /** The next message from now on; rejects if the program ends instead. */
  next(): Promise<unknown> {
    this.waiting = Promise.withResolvers();
    if (this.child.exitCode !== null) this.waiting.reject(this.ended());
    return this.waiting.promise;
  }

  private ended(): Error {
    return new Error(`${this.program} ended before the bench did.`);
  }
}
