import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import { type Cluster, startCluster } from '../../../scripts/postgres.mjs';
import { freePort } from '../free-port.js';
import { until } from '../until.js';
import { type ComposeFile, readComposeFile, readEnvFile, startOrder } from './compose-file.js';
import { environmentOf, execForm, last, type Stage, stagesOf } from './dockerfile.js';
import { debianNginx } from './nginx-file.js';
import { giveAway, ServiceProcess } from './service-process.js';

const NGINX = process.env['NGINX_PATH'] ?? 'nginx';
const REDIS = process.env['REDIS_SERVER_PATH'] ?? 'redis-server';
const START_MS = 180_000;

/**
 * The stack of a checkout's deploy/docker-compose.yml as processes of this machine: the same programs,
 * environment, order and health gates, in place of containers. Only addresses differ: a service's
 * name becomes 127.0.0.1 and a free port.
 */
export class Stack implements AsyncDisposable {
  /** The services that have started, in the order in which they became fit for the next. */
  readonly started: string[] = [];
  readonly processes = new Map<string, ServiceProcess>();
  httpsPort = 0;
  private readonly ports = new Map<string, number>();
  private readonly image: Stage;
  private readonly scratch: string;
  private cluster: Cluster | undefined;
  private file!: ComposeFile;

  constructor(
    private readonly checkout: string,
    /** What `buildImage` has made. */
    private readonly root: string,
    temporary: string,
  ) {
    const text = readFileSync(path.join(checkout, 'Dockerfile'), 'utf8');
    this.image = stagesOf(text).at(-1)!;
    this.scratch = mkdtempSync(path.join(temporary, 'scratch-'));
    giveAway(this.scratch);
  }

  /** `docker compose up -d`. */
  async up(): Promise<void> {
    const env = readEnvFile(path.join(this.deploy, '.env'));
    this.file = readComposeFile(this.deploy, env);
    for (const [name, port] of Object.entries({ postgres: 5432, redis: 6379, lumen: 5000 })) {
      this.ports.set(`${name}:${port}`, await freePort());
    }
    for (const name of startOrder(this.file, (env['COMPOSE_PROFILES'] ?? '').split(','))) {
      await this.start(name);
      this.started.push(name);
    }
  }

  /** `docker compose exec lumen lumen …`: answers what it printed. */
  async command(...args: string[]): Promise<string> {
    const process = this.run(['lumen', ...args]);
    const code = await process.ended;
    if (code !== 0)
      throw new Error(`lumen ${args.join(' ')} ended with ${code}: ${process.output}`);
    return process.output.trim();
  }

  /** Until Lumen takes no new connection or says that it is not ready. */
  async untilNotReady(): Promise<void> {
    const address = `http://127.0.0.1:${this.ports.get('lumen:5000')}/health/ready`;
    await until(() =>
      fetch(address).then(
        ({ ok }) => !ok,
        () => true,
      ),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const process of [...this.processes.values()].reverse()) await process.kill();
    await this.cluster?.remove();
  }

  private get deploy(): string {
    return path.join(this.checkout, 'deploy');
  }

  private start(name: string): Promise<void> {
    const starts: Record<string, () => Promise<void>> = {
      postgres: () => this.startPostgres(),
      redis: () => this.startRedis(),
      migrate: () => this.migrate(),
      lumen: () => this.startLumen(),
      proxy: () => this.startProxy(),
    };
    const start = starts[name];
    if (!start) throw new Error(`Nothing is known here of a service ${name}.`);
    return start();
  }

  /** A cluster with the role and the database that the image of PostgreSQL makes from its environment. */
  private async startPostgres(): Promise<void> {
    const { environment: env = {} } = this.file.services['postgres']!;
    this.cluster = await startCluster();
    this.ports.set('postgres:5432', Number(new URL(this.cluster.url).port));
    const admin = new Client({ connectionString: this.cluster.url });
    await admin.connect();
    const { POSTGRES_USER: user, POSTGRES_PASSWORD: password, POSTGRES_DB: database } = env;
    await admin.query(`CREATE ROLE ${user} LOGIN PASSWORD '${password}'`);
    await admin.query(`CREATE DATABASE ${database} OWNER ${user}`);
    await admin.end();
  }

  private async startRedis(): Promise<void> {
    const [, ...args] = this.file.services['redis']!.command!;
    const port = String(this.ports.get('redis:6379'));
    const command = [REDIS, ...args, '--port', port, '--bind', '127.0.0.1'];
    const redis = new ServiceProcess(command, { cwd: this.scratch, env: {} });
    this.processes.set('redis', redis);
    await this.untilFit('redis', () => redis.output.includes('Ready to accept connections'));
  }

  private async migrate(): Promise<void> {
    const process = this.run([...this.entrypoint, ...this.file.services['migrate']!.command!]);
    const code = await process.ended;
    if (code !== 0) throw new Error(`migrate ended with ${code}: ${process.output}`);
  }

  private async startLumen(): Promise<void> {
    const { command } = this.file.services['lumen']!;
    const lumen = this.run([...this.entrypoint, ...(command ?? execForm(last(this.image, 'CMD')))]);
    this.processes.set('lumen', lumen);
    const check = execForm(last(this.image, 'HEALTHCHECK'));
    await this.untilFit('lumen', async () => (await this.run(check).ended) === 0);
  }

  private async startProxy(): Promise<void> {
    const { volumes } = this.file.services['proxy']!;
    const mounted = volumes!.map((each) => each.split(':') as [string, string]);
    const [http, https] = [await freePort(), await freePort()];
    this.httpsPort = https;
    const file = readFileSync(path.join(this.deploy, 'nginx/nginx.conf'), 'utf8');
    let text = file.replaceAll('/tmp/', `${this.scratch}/`);
    for (const [from, to] of mounted)
      text = text.replaceAll(`${to}/`, `${path.join(this.deploy, from)}/`);
    const config = path.join(this.scratch, 'nginx.conf');
    // What Node reads from a child is no file that could be opened by its name.
    const logged = this.here(text).replace('/dev/stdout', path.join(this.scratch, 'access.log'));
    writeFileSync(config, debianNginx(NGINX, logged, { 8080: http, 8443: https }));
    const proxy = new ServiceProcess([NGINX, '-c', config, '-g', 'daemon off;'], {
      cwd: this.scratch,
      env: {},
    });
    this.processes.set('proxy', proxy);
    const health = `http://127.0.0.1:${http}/proxy-health`;
    await this.untilFit('proxy', () =>
      fetch(health).then(
        ({ ok }) => ok,
        () => false,
      ),
    );
  }

  private get entrypoint(): string[] {
    return execForm(last(this.image, 'ENTRYPOINT'));
  }

  /** A command in Lumen's container. */
  private run(words: readonly string[]): ServiceProcess {
    const own = environmentOf(this.image);
    const folders = own['PATH']!.split(':');
    const env = { ...own, ...this.file.services['lumen']!.environment };
    const [program, ...args] = words as [string, ...string[]];
    const temporary = path.join(this.scratch, 'tmp');
    mkdirSync(temporary, { recursive: true, mode: 0o777 });
    giveAway(temporary);
    return new ServiceProcess(
      [this.find(program, folders), ...args.map((arg) => this.inside(arg))],
      {
        cwd: path.join(this.deploy, 'lumen'),
        env: {
          ...Object.fromEntries(
            Object.entries(env).map(([name, value]) => [name, this.here(String(value))]),
          ),
          PORT: String(this.ports.get('lumen:5000')),
          PATH: [...folders.map((folder) => path.join(this.root, folder)), '/usr/bin', '/bin'].join(
            ':',
          ),
          TMPDIR: temporary,
        },
      },
    );
  }

  /** A program of the image by its name. */
  private find(program: string, folders: readonly string[]): string {
    const listed = folders.map((folder) => path.join(this.root, folder, program));
    return execFileSync('sh', ['-c', `ls ${listed.join(' ')} 2>/dev/null | head -1`], {
      encoding: 'utf8',
    }).trim();
  }

  /** A path of the image as it is here. */
  private inside(word: string): string {
    return word.startsWith('/app/') ? path.join(this.root, word) : word;
  }

  /** A text with the services' addresses as they are here. */
  private here(text: string): string {
    let changed = text;
    for (const [address, port] of this.ports) {
      changed = changed.replaceAll(new RegExp(`\\b${address}\\b`, 'g'), `127.0.0.1:${port}`);
    }
    return changed;
  }

  private async untilFit(name: string, isFit: () => boolean | Promise<boolean>): Promise<void> {
    const process = this.processes.get(name)!;
    await until(async () => {
      if (process.hasEnded) throw new Error(`${name} has ended: ${process.output}`);
      return isFit();
    }, START_MS);
  }
}
