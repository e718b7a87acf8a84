import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createDatabase, type TestDatabase } from '../postgres.js';
import { createUpgradedDatabase } from '../upgraded-database.js';
import { type CommandResult, runLumen, runLumenQuickly } from './lumen-command.js';

export const MAIN = fileURLToPath(new URL('../../../server/dist/main.js', import.meta.url));
const START_TIMEOUT_MS = 60_000;
const LINE_TIMEOUT_MS = 20_000;

export type Dialect = 'sqlite' | 'postgres';
export const DIALECTS: readonly Dialect[] = ['sqlite', 'postgres'];

export interface LumenOptions {
  dialect?: Dialect;
  /** YAML below `app:`, `models:` and so on; see `configurationText`. */
  models?: string;
  /** Further YAML below `groups:`, indented by two. */
  groups?: string;
  /** Further top-level YAML. */
  extra?: string;
  /** Further YAML below `app:`, indented by two. */
  app?: string;
  /** Further YAML below `server:`, indented by two. */
  server?: string;
  /** YAML below `rate_limiting:`, indented by two; limits that no test reaches if there is none. */
  rateLimiting?: string;
  environment?: Record<string, string>;
  /** Runs beside another server, on its database (`LumenServer.databaseUrl`). */
  databaseUrl?: string;
}

export type LogLine = Record<string, unknown>;

/**
 * The built server in a process and a directory of its own, with a fresh database, on a free port.
 * `await using` it, or stop it; either leaves nothing behind.
 */
export class LumenServer implements AsyncDisposable {
  readonly log: LogLine[] = [];
  readonly errors: string[] = [];
  url = '';
  private child!: ChildProcess;
  private exited!: Promise<number | null>;
  private readonly lineListeners = new Set<(line: LogLine) => void>();

  private constructor(
    readonly directory: string,
    readonly environment: Record<string, string>,
    private readonly database: TestDatabase | null,
  ) {}

  static async start(options: LumenOptions = {}): Promise<LumenServer> {
    const server = await LumenServer.prepare(options);
    try {
      await server.launch();
    } catch (error) {
      await server.stop();
      throw error;
    }
    return server;
  }

  /** Everything but the start itself: the directory, the configuration and an upgraded database. */
  static async prepare(options: LumenOptions = {}): Promise<LumenServer> {
    return LumenServer.prepareOn(createUpgradedDatabase, options);
  }

  /** The same with a database that has nothing in it yet. */
  static async prepareEmpty(options: LumenOptions = {}): Promise<LumenServer> {
    return LumenServer.prepareOn(createDatabase, options);
  }

  private static async prepareOn(
    create: () => Promise<TestDatabase>,
    options: LumenOptions,
  ): Promise<LumenServer> {
    const directory = await mkdtemp(path.join(tmpdir(), 'lumen-'));
    const isOwn = options.dialect === 'postgres' && options.databaseUrl === undefined;
    const database = isOwn ? await create() : null;
    const databaseUrl = options.databaseUrl ?? database?.url ?? 'sqlite:///lumen.db';
    const environment = {
      PATH: process.env['PATH'] ?? '',
      HOME: directory,
      PORT: '0',
      ...options.environment,
    };
    const server = new LumenServer(directory, environment, database);
    await server.configure(configurationText(databaseUrl, options));
    return server;
  }

  /** For another server on the same database. */
  get databaseUrl(): string {
    return this.database?.url ?? `sqlite:///${path.join(this.directory, 'lumen.db')}`;
  }

  /**
   * Starts the process and resolves when it listens; rejects with what it said if it ends instead.
   * `program` is what Node is given; another than the server itself has to start that.
   */
  async launch(program: readonly string[] = [MAIN]): Promise<void> {
    this.log.length = 0;
    const stdio = ['ignore', 'pipe', 'pipe'] as const;
    const options = { cwd: this.directory, env: this.environment, stdio: [...stdio] };
    this.child = spawn(process.execPath, program, options);
    this.exited = new Promise((resolve) => this.child.once('exit', resolve));
    createInterface({ input: this.child.stdout! }).on('line', (line) => this.read(line));
    createInterface({ input: this.child.stderr! }).on('line', (line) => this.errors.push(line));
    const listening = this.nextLine((line) => line['msg'] === 'Lumen listens', START_TIMEOUT_MS);
    const ended = this.exited.then((code) => {
      throw new Error(`Lumen ended with ${code}: ${this.errors.join('\n')}`);
    });
    this.url = (await Promise.race([listening, ended]))['address'] as string;
  }

  /** Writes the configuration file. */
  async configure(text: string): Promise<void> {
    await writeFile(path.join(this.directory, 'config.yaml'), text);
  }

  async configuration(): Promise<string> {
    return readFile(path.join(this.directory, 'config.yaml'), 'utf8');
  }

  /** Runs `lumen` in the server's directory and answers what it printed; rejects if it failed. */
  async command(...args: string[]): Promise<string> {
    return outputOf(args, await runLumen(args, this.directory, this.environment));
  }

  /** A new key of this person, who is made if need be. No process is started for it. */
  async createKey(email = 'ada@example.edu', name = 'test'): Promise<string> {
    const args = ['keys', 'create', '--user', email, '--name', name, '--quiet'];
    return outputOf(args, await runLumenQuickly(args, this.directory, this.environment));
  }

  /** The next log line, or one that is there already, that `matches`. */
  nextLine(matches: (line: LogLine) => boolean, timeoutMs = LINE_TIMEOUT_MS): Promise<LogLine> {
    const known = this.log.find(matches);
    if (known) return Promise.resolve(known);
    const { promise, resolve, reject } = Promise.withResolvers<LogLine>();
    const listener = (line: LogLine) => {
      if (matches(line)) resolve(line);
    };
    this.lineListeners.add(listener);
    const timer = setTimeout(
      () => reject(new Error(`No such log line in ${timeoutMs} ms; ${JSON.stringify(this.log)}`)),
      timeoutMs,
    );
    return promise.finally(() => {
      clearTimeout(timer);
      this.lineListeners.delete(listener);
    });
  }

  get pid(): number {
    return this.child.pid!;
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Ends the process without a word to it; `launch` starts it again on what it left. */
  async crash(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.exited;
  }

  /** Resolves with the exit code when the process has ended. */
  get ended(): Promise<number | null> {
    return this.exited;
  }

  /** Asks the process to stop, waits until it has, and removes what it left. */
  async stop(): Promise<void> {
    if (this.child && this.child.exitCode === null && this.child.signalCode === null) {
      this.child.kill('SIGTERM');
      await this.exited;
    }
    await this.database?.drop();
    await rm(this.directory, { recursive: true, force: true });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  private read(text: string): void {
    let line: LogLine;
    try {
      line = JSON.parse(text) as LogLine;
    } catch {
      line = { text };
    }
    this.log.push(line);
    for (const listener of this.lineListeners) listener(line);
  }
}

function outputOf(args: readonly string[], { code, stdout, stderr }: CommandResult): string {
  if (code !== 0) throw new Error(`lumen ${args.join(' ')} ended with ${code}: ${stderr}`);
  return stdout.trim();
}

const UNREACHED_LIMITS = ['limit', 'login', 'failed_keys']
  .map((name) => `  ${name}: "100000 per second"`)
  .join('\n');

/** A health check would take the answer that a test has planned for its question. */
function withoutHealthChecks(extra: string): string {
  if (extra.includes('probe:')) return extra;
  const upstream = 'upstream: { probe: { interval_s: 86400 }';
  const replaced = extra.replace(/^upstream: \{/m, `${upstream},`);
  return replaced === extra ? `${extra}\n${upstream} }` : replaced;
}

/** A configuration that works; no health checks by themselves unless `extra` speaks of `probe:`. */
export function configurationText(databaseUrl: string, options: LumenOptions = {}): string {
  return `
app:
  secret_key: test-secret-test-secret-test-secret-test
  encryption_key: test-encryption-test-encryption-test-enc
  database_url: ${databaseUrl}
  debug: true
  dev_user: dev@example.com
${options.app ?? ''}
models: ${options.models ?? '[]'}
groups:
  default:
    max: -2
${options.groups ?? ''}
rate_limiting:
${options.rateLimiting ?? UNREACHED_LIMITS}
server:
  shutdown_grace_s: 5
${options.server ?? ''}
${withoutHealthChecks(options.extra ?? '')}
`;
}
