import path from 'node:path';
import { freePort } from '../free-port.js';
import { NginxServer } from '../nginx-server.js';
import { RedisServer } from '../redis-server.js';
import { type LumenOptions, LumenServer } from './lumen-server.js';

/** Several servers on one PostgreSQL and one Redis, with one configuration, behind a real nginx. */
export class ReplicaSet implements AsyncDisposable {
  private constructor(
    private readonly running: AsyncDisposableStack,
    readonly replicas: readonly LumenServer[],
    readonly ports: readonly number[],
    readonly balancer: NginxServer,
  ) {}

  static async start(count: number, options: LumenOptions): Promise<ReplicaSet> {
    await using starting = new AsyncDisposableStack();
    const redis = starting.use(await RedisServer.start());
    const ports: number[] = [];
    const replicas: LumenServer[] = [];
    while (replicas.length < count) {
      ports.push(await freePort());
      const [first] = replicas;
      const environment: Record<string, string> = {
        REDIS_URL: redis.url,
        PORT: String(ports.at(-1)),
        ...(first && { CONFIG_YAML: path.join(first.directory, 'config.yaml') }),
        ...options.environment,
      };
      const database = first ? { databaseUrl: first.databaseUrl } : {};
      const own = { ...options, dialect: 'postgres' as const, environment, ...database };
      replicas.push(starting.use(await LumenServer.prepare(own)));
    }
    for (const replica of replicas) await replica.launch();
    const balancer = starting.use(await NginxServer.start(ports));
    return new ReplicaSet(starting.move(), replicas, ports, balancer);
  }

  get first(): LumenServer {
    return this.replicas[0]!;
  }

  /** Where callers ask. */
  get url(): string {
    return this.balancer.url;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.running.disposeAsync();
  }
}
