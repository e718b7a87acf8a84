import { type ChildProcess, execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { CAPTURED, startNode, stopChildren } from '../../scripts/processes.mjs';
import { atTheEnd } from '../../scripts/shutdown.mjs';
import { MODEL } from './exchange.ts';

const DIST = new URL('../../server/dist/', import.meta.url);
const MAIN = fileURLToPath(new URL('main.js', DIST));
const CLI = fileURLToPath(new URL('cli.js', DIST));

const START_MS = 30_000;
const STOP_MS = 15_000;
const POLL_MS = 50;
const KEPT_CHARACTERS = 5_000;

export interface LumenOptions {
  /** `sqlite:///…` (below the server's own directory) or `postgres://…`; an empty database. */
  databaseUrl: string;
  /** Origin of the backend of its one model. */
  upstream: string;
  /** A directory to write a CPU profile into when it stops; the figures suffer. */
  profileTo?: string | undefined;
  /** Lets `inspector` be asked for; the figures suffer little. */
  isInspected?: boolean;
  /** Further lines of its configuration. */
  extra?: string;
}

/** The built server in a process and a directory of its own, with an API key for it. */
export class Lumen {
  readonly origin: string;
  /** Where the server runs; removed at the end of the run. */
  readonly directory: string;
  key = '';
  private child: ChildProcess | null = null;
  private output = '';
  private firstOutput = '';

  private constructor(directory: string, origin: string) {
    this.directory = directory;
    this.origin = origin;
  }

  /** Resolves when it is ready. */
  static async start(options: LumenOptions): Promise<Lumen> {
    const directory = await mkdtemp(join(tmpdir(), 'lumen-bench-'));
    atTheEnd(() => rm(directory, { recursive: true, force: true }));
    const lumen = new Lumen(directory, `http://127.0.0.1:${await freePort()}`);
    await writeFile(join(directory, 'config.yaml'), configuration(options));
    await lumen.command('db', 'upgrade');
    await lumen.launch(options);
    lumen.key = await lumen.command(
      ...['keys', 'create', '--user', 'bench@example.com', '--name', 'bench', '--quiet'],
    );
    return lumen;
  }

  get pid(): number {
    return this.child!.pid!;
  }

  /** Where its debugger listens. */
  get inspector(): string {
    const address = /ws:\/\/\S+/.exec(this.firstOutput)?.[0];
    if (!address) throw this.failure('has no inspector');
    return address;
  }

  /** Asks it to stop and waits until its last record is written. */
  async stop(): Promise<void> {
    if (!this.child) return;
    await stopChildren(STOP_MS, [this.child]);
    if (this.child.exitCode !== 0) throw this.failure('did not stop well');
  }

  private async launch({ profileTo, isInspected }: LumenOptions): Promise<void> {
    const profile = profileTo ? ['--cpu-prof', `--cpu-prof-dir=${profileTo}`] : [];
    const inspect = isInspected ? ['--inspect=127.0.0.1:0'] : [];
    const child: ChildProcess = startNode([...profile, ...inspect, MAIN], {
      cwd: this.directory,
      env: this.environment,
      stdio: CAPTURED,
    });
    this.child = child;
    atTheEnd(() => stopChildren(STOP_MS, [child]));
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (text: Buffer) => {
        this.output = `${this.output}${text.toString()}`.slice(-KEPT_CHARACTERS);
        if (this.firstOutput.length < KEPT_CHARACTERS) this.firstOutput += text.toString();
      });
    }
    const endsAtMs = performance.now() + START_MS;
    while (!(await isReady(this.origin))) {
      const isOver = child.exitCode !== null || performance.now() > endsAtMs;
      if (isOver) throw this.failure('did not become ready');
      await delay(POLL_MS);
    }
  }

  private async command(...args: string[]): Promise<string> {
    const options = { cwd: this.directory, env: { ...process.env, ...this.environment } };
    const { stdout } = await promisify(execFile)(process.execPath, [CLI, ...args], options);
    return stdout.trim();
  }

  private get environment(): NodeJS.ProcessEnv {
    return { HOME: this.directory, PORT: new URL(this.origin).port };
  }

  private failure(what: string): Error {
    return new Error(`Lumen ${what}. It said: ${this.output || 'nothing'}`);
  }
}

async function isReady(origin: string): Promise<boolean> {
  try {
    const response = await fetch(`${origin}/health/ready`);
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

const configuration = ({ databaseUrl, upstream, extra = '' }: LumenOptions): string => `
app:
  secret_key: bench-secret-bench-secret-bench-secret-bench
  encryption_key: bench-encryption-bench-encryption-bench
  database_url: ${databaseUrl}
  host: 127.0.0.1
  debug: true
models:
  - name: ${MODEL}
    input_cost_per_million: 0.5
    output_cost_per_million: 1.5
    endpoints:
      - url: ${upstream}/v1
        api_key: bench
groups:
  default:
    max: 1000000
rate_limiting:
  limit: "1000000 per second"
log:
  level: error
${extra}`;
