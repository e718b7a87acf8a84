import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';

/** Nobody's account on the machines of the tests, as in the image. */
const ACCOUNT = { uid: 1000, gid: 1000 };

/** Root gives its rights away; anybody else has none to give. */
const isRoot = process.getuid?.() === 0;
export const account = isRoot ? ACCOUNT : {};

/** Whether a process can be made the first one of a process table of its own, as in a container. */
const canBeFirst =
  isRoot && spawnSync('unshare', ['--pid', '--fork', '--mount-proc', 'true']).status === 0;

export interface ProgramOptions {
  cwd: string;
  env: Record<string, string>;
}

/** A service of the stack: without root, and as process 1 where the machine lets us. */
export class ServiceProcess {
  output = '';
  private readonly child: ChildProcess;
  private readonly exited: Promise<number | null>;

  constructor(
    readonly command: readonly string[],
    options: ProgramOptions,
  ) {
    const identity = ['--reuid=1000', '--regid=1000', '--clear-groups', '--no-new-privs'];
    const wrap = canBeFirst
      ? ['unshare', '--pid', '--fork', '--mount-proc', '--kill-child', 'setpriv', ...identity]
      : [];
    const [program, ...args] = [...wrap, ...command] as [string, ...string[]];
    const ids = canBeFirst ? {} : account;
    this.child = spawn(program, args, { ...options, ...ids, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.child.stdout!, this.child.stderr!]) {
      stream.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    }
    this.exited = once(this.child, 'exit').then(([code]) => code as number | null);
  }

  /** Whether it runs as process 1 of its own table. */
  get isFirst(): boolean {
    return canBeFirst;
  }

  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** The exit code, when it has ended. */
  get ended(): Promise<number | null> {
    return this.exited;
  }

  /** The process itself, behind what set its table up. */
  get pid(): number {
    const { pid } = this.child;
    if (!canBeFirst) return pid!;
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
    // Not there yet in its first moments.
    return Number(children.split(' ')[0]) || pid!;
  }

  /** Asks it to stop and answers its exit code. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    if (!this.hasEnded) process.kill(this.pid, signal);
    return this.exited;
  }

  async kill(): Promise<void> {
    if (this.hasEnded) return;
    // With the first process goes its whole table; whoever set that up then ends, too.
    process.kill(this.pid, 'SIGKILL');
    await this.exited;
  }
}

/** Gives a folder to the account that the services run as. */
export function giveAway(folder: string): void {
  if (isRoot) execFileSync('chown', ['-R', `${ACCOUNT.uid}:${ACCOUNT.gid}`, folder]);
}
