import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type Logger, pino } from 'pino';
import { DataSource } from 'typeorm';
import { createApp } from '../../../server/src/app.js';
import { ConfigurationService } from '../../../server/src/config/configuration.service.js';
import { loadConfiguration } from '../../../server/src/config/index.js';
import { upgradeDatabase } from '../../../server/src/infrastructure/database/migrator.js';
import { databaseToUpgrade, type FreshDatabase } from '../databases.js';
import { startTimer } from '../loop-watch.js';
import { type Dialect } from './lumen-server.js';

export interface InProcessAnswer {
  status: number;
  body: unknown;
  /** From the request to the whole answer, without a network. */
  tookMs: number;
  /** Of that, the processor time of this thread. */
  cpuMs: number;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** The whole HTTP application in this process, where its event loop can be watched. */
export class InProcessLumen implements AsyncDisposable {
  private cookie = '';
  private csrfToken = '';

  readonly app: NestFastifyApplication;
  /** What everything is logged by; silent until the configuration says otherwise. */
  readonly logger: Logger;

  private constructor(
    { app, logger }: { app: NestFastifyApplication; logger: Logger },
    private readonly directory: string,
    private readonly database: FreshDatabase,
    private text: string,
  ) {
    this.app = app;
    this.logger = logger;
  }

  /**
   * `configure` makes the text of config.yaml; its `app.dev_user` is who asks. Without a `given`
   * database it gets a fresh one.
   */
  static async start(
    dialect: Dialect,
    configure: (databaseUrl: string) => string,
    watchIntervalMs = 0,
    given?: FreshDatabase,
  ): Promise<InProcessLumen> {
    const database = given ?? (await databaseToUpgrade(dialect));
    const directory = await mkdtemp(path.join(tmpdir(), 'lumen-in-process-'));
    const configurationPath = path.join(directory, 'config.yaml');
    const text = configure(database.url);
    await writeFile(configurationPath, text);
    const loaded = loadConfiguration({ text, env: {} });
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.errors.slice(0, 5)));
    const options = { configurationPath, loaded, watchIntervalMs };
    const logger = pino({ level: 'silent' });
    const app = await createApp(options, logger);
    await upgradeDatabase(app.get(DataSource));
    const lumen = new InProcessLumen({ app, logger }, directory, database, text);
    await lumen.logIn();
    return lumen;
  }

  get dataSource(): DataSource {
    return this.app.get(DataSource);
  }

  get databaseUrl(): string {
    return this.database.url;
  }

  /** Writes config.yaml; with `watchIntervalMs` it is found by itself, otherwise by `lookNow`. */
  async configure(text: string): Promise<void> {
    this.text = text;
    await writeFile(path.join(this.directory, 'config.yaml'), text);
  }

  /** Makes `email` the development user and asks in their name from now on. */
  async logInAs(email: string): Promise<void> {
    await this.configure(this.text.replace(/dev_user: .*/, `dev_user: ${email}`));
    await this.lookNow();
    await this.logIn();
  }

  lookNow(): Promise<void> {
    return this.app.get(ConfigurationService).lookNow();
  }

  async ask(method: Method, url: string, payload?: object): Promise<InProcessAnswer> {
    const headers = { cookie: this.cookie, 'x-csrf-token': this.csrfToken };
    // Requests that come over a socket are never served in one turn of the event loop.
    await nextTurn();
    const passed = startTimer();
    const answer = await this.app.inject({ method, url, headers, payload });
    const { wallMs: tookMs, cpuMs } = passed();
    const body: unknown = answer.payload === '' ? null : answer.json();
    return { status: answer.statusCode, body, tookMs, cpuMs };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.app.close();
    await this.database.drop();
    await rm(this.directory, { recursive: true, force: true });
  }

  private async logIn(): Promise<void> {
    const answer = await this.app.inject({ method: 'GET', url: '/login' });
    this.cookie = String(answer.headers['set-cookie']).split(';')[0] ?? '';
    const me = await this.ask('GET', '/api/me');
    this.csrfToken = (me.body as { csrfToken: string }).csrfToken;
  }
}
