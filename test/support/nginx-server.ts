import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from './free-port.js';
import { until } from './until.js';

const PROGRAM = process.env['NGINX_PATH'] ?? 'nginx';

/**
 * A real nginx of a test's own in front of servers of this machine, set up as docs/replicas.md says.
 * `await using` it.
 */
export class NginxServer implements AsyncDisposable {
  private child: ChildProcess | undefined;
  private output = '';

  private constructor(
    private readonly port: number,
    private readonly directory: string,
  ) {}

  static async start(ports: readonly number[]): Promise<NginxServer> {
    const directory = await mkdtemp(path.join(tmpdir(), 'lumen-nginx-'));
    const server = new NginxServer(await freePort(), directory);
    await server.configure(ports);
    await server.launch();
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Sends requests to these servers from now on. */
  async use(ports: readonly number[]): Promise<void> {
    await this.configure(ports);
    this.child!.kill('SIGHUP');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const { child } = this;
    if (child && child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
    await rm(this.directory, { recursive: true, force: true });
  }

  private async launch(): Promise<void> {
    const args = ['-p', this.directory, '-e', 'stderr', '-c', path.join(this.directory, 'conf')];
    const child = spawn(PROGRAM, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    this.child = child;
    child.stderr.on('data', (text: Buffer) => {
      this.output = `${this.output}${text.toString()}`.slice(-10_000);
    });
    const isThere = () =>
      fetch(this.url).then(
        () => true,
        () => false,
      );
    await until(async () => {
      if (child.exitCode !== null) throw new Error(`nginx ended: ${this.output}`);
      return isThere();
    }, 30_000);
  }

  private async configure(ports: readonly number[]): Promise<void> {
    const text = nginxConfiguration(this.port, ports);
    await writeFile(path.join(this.directory, 'conf'), text);
  }
}

const nginxConfiguration = (port: number, ports: readonly number[]) => `
daemon off;
worker_processes 1;
pid nginx.pid;
events { worker_connections 4096; }
http {
  access_log off;
  client_body_temp_path body;
  proxy_temp_path proxy;
  fastcgi_temp_path fastcgi;
  uwsgi_temp_path uwsgi;
  scgi_temp_path scgi;
  upstream lumen {
    zone lumen 256k;
${ports.map((each) => `    server 127.0.0.1:${each} max_fails=1 fail_timeout=1s;`).join('\n')}
    keepalive 64;
    keepalive_timeout 4s;
  }
  server {
    listen 127.0.0.1:${port} backlog=1024;
    client_max_body_size 100m;
    location / {
      proxy_pass http://lumen;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      proxy_set_header X-Forwarded-Proto $scheme;
      proxy_buffering off;
      proxy_connect_timeout 5s;
      proxy_read_timeout 1h;
    }
  }
}
`;
