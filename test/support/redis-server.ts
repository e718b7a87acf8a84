import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from './free-port.js';
import { until } from './until.js';

const PROGRAM = process.env['REDIS_SERVER_PATH'] ?? 'redis-server';

/** A real Redis of a test's own, which forgets everything when it ends. `await using` it. */
export class RedisServer implements AsyncDisposable {
  private child: ChildProcess | undefined;

  private constructor(
    readonly port: number,
    private readonly directory: string,
    private readonly password: string,
  ) {}

  static async start({ password = '' } = {}): Promise<RedisServer> {
    const directory = await mkdtemp(path.join(tmpdir(), 'lumen-redis-'));
    const server = new RedisServer(await freePort(), directory, password);
    await server.launch();
    return server;
  }

  get url(): string {
    const login = this.password === '' ? '' : `:${this.password}@`;
    return `redis://${login}127.0.0.1:${this.port}/0`;
  }

  /** Starts it, also anew on the same port, and resolves when it takes connections. */
  async launch(): Promise<void> {
    const login = this.password === '' ? [] : ['--requirepass', this.password];
    const where = ['--port', String(this.port), '--bind', '127.0.0.1', '--dir', this.directory];
    const args = [...where, '--save', '', '--appendonly', 'no', ...login];
    this.child = spawn(PROGRAM, args, { stdio: 'ignore' });
    await until(() => isOpen(this.port));
  }

  /** Ends it without a word to anybody. */
  async kill(): Promise<void> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  /** Lets it hang: connections stay open and nothing is answered. */
  pause(): void {
    this.child?.kill('SIGSTOP');
  }

  resume(): void {
    this.child?.kill('SIGCONT');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
    await rm(this.directory, { recursive: true, force: true });
  }
}

async function isOpen(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  const outcome = Promise.withResolvers<boolean>();
  socket.once('connect', () => outcome.resolve(true));
  socket.once('error', () => outcome.resolve(false));
  const isThere = await outcome.promise;
  socket.destroy();
  return isThere;
}
