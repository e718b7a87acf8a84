import { type RequestLog } from '../../../server/src/usage/log/request-log.entity.js';
import { ScriptedUpstream } from '../scripted-upstream.js';
import { until } from '../until.js';
import { type Dialect, LumenServer } from './lumen-server.js';
import { requestLogOf } from './request-log.js';
import { onDatabaseOf } from './server-database.js';

export const NANO = 1_000_000_000n;

export interface Purse {
  /** Coins in the pool. */
  coins: number;
  /** Tokens in a second pool. */
  tokens?: number;
}

export interface MeteredOptions {
  dialect: Dialect;
  /** By the first part of the e-mail address; nothing limits others. */
  purses: Record<string, Purse>;
  /** Coins for a token of input, and of output. */
  inputPrice?: number;
  outputPrice?: number;
  /** Further YAML, top-level. */
  extra?: string;
}

export interface PoolAmounts {
  id: string;
  balance: bigint;
  held: bigint;
}

/** A server and a backend that does what it is told, for callers with budgets of their own. */
export class Metered implements AsyncDisposable {
  private constructor(
    private readonly running: AsyncDisposableStack,
    readonly server: LumenServer,
    readonly upstream: ScriptedUpstream,
  ) {}

  static async start(options: MeteredOptions): Promise<Metered> {
    await using starting = new AsyncDisposableStack();
    const upstream = starting.use(await ScriptedUpstream.start());
    const server = starting.use(
      await LumenServer.start({
        dialect: options.dialect,
        models: models(upstream.url, options),
        extra: users(options.purses) + (options.extra ?? ''),
      }),
    );
    return new Metered(starting.move(), server, upstream);
  }

  /** A caller with a new key. */
  async payer(name: string): Promise<Payer> {
    const email = `${name}@example.edu`;
    return new Payer(this.server, email, await this.server.createKey(email));
  }

  /** The rows of the request log, oldest first, once there are so many. */
  rows(count = 0): Promise<RequestLog[]> {
    return requestLogOf(this.server, count);
  }

  /** The row that `work` leaves. */
  async rowOf(work: () => Promise<unknown>): Promise<RequestLog> {
    const before = (await this.rows()).length;
    await work();
    return (await this.rows(before + 1)).at(-1)!;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.running.disposeAsync();
  }
}

export class Payer {
  constructor(
    private readonly server: LumenServer,
    private readonly email: string,
    readonly key: string,
  ) {}

  ask(body: object, signal?: AbortSignal, requestId?: string): Promise<Response> {
    return fetch(`${this.server.url}/v1/chat/completions`, {
      method: 'POST',
      signal: signal ?? null,
      headers: {
        authorization: `Bearer ${this.key}`,
        'content-type': 'application/json',
        ...(requestId && { 'x-request-id': requestId }),
      },
      body: JSON.stringify({ model: 'm', messages: [{ role: 'user', content: 'hi' }], ...body }),
    });
  }

  /** The pool in this unit as it is now; there is none before the first request. */
  async poolNow(unit: 'coins' | 'tokens' = 'coins'): Promise<PoolAmounts | undefined> {
    const text = `SELECT p.id AS id, CAST(p.balance AS TEXT) AS balance, CAST(p.held AS TEXT) AS held
      FROM pools p JOIN users u ON u.id = p.owner_id
      WHERE u.email = '${this.email}' AND p.unit = '${unit}'`;
    const rows = await onDatabaseOf(this.server, (database) =>
      database.query<Record<keyof PoolAmounts, string>[]>(text),
    );
    const [row] = rows;
    return row && { id: row.id, balance: BigInt(row.balance), held: BigInt(row.held) };
  }

  /** The pool once nothing is held in it any more. */
  async pool(unit: 'coins' | 'tokens' = 'coins'): Promise<PoolAmounts> {
    let found: PoolAmounts | undefined;
    await until(async () => {
      found = await this.poolNow(unit);
      return found?.held === 0n;
    });
    return found!;
  }
}

function models(
  url: string,
  { inputPrice = 0, outputPrice = 1 }: Pick<MeteredOptions, 'inputPrice' | 'outputPrice'>,
): string {
  return JSON.stringify([
    {
      name: 'm',
      input_cost_per_million: inputPrice * 1_000_000,
      output_cost_per_million: outputPrice * 1_000_000,
      endpoints: [{ url, api_key: 'none', model: 'upstream-name' }],
    },
  ]);
}

function users(purses: Record<string, Purse>): string {
  const entries = Object.entries(purses).map(([name, { coins, tokens }]) => {
    const second = tokens === undefined ? '' : `    default: { max: ${tokens} }\n`;
    return `  ${name}@example.edu:\n    max: ${coins}\n${second}`;
  });
  return `\nusers:\n${entries.join('')}`;
}
