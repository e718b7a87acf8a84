import { type RequestLog } from '../../../server/src/usage/log/request-log.entity.js';
import { type FailedAttempt } from '../../../server/src/usage/index.js';
import { freePort } from '../free-port.js';
import { FakeUpstream } from '../upstream/fake-upstream.js';
import {
  BACKOFF_MS,
  type Cell,
  effectOf,
  EJECTED_AFTER,
  LIMIT_S,
  nameOf,
  serves,
  TOTAL_S,
  TRICKLE_TOTAL_S,
} from '../upstream/fault-matrix.js';
import { type RecordedRequest } from '../upstream/recorded-request.js';
import { type Dialect } from './lumen-server.js';
import { type KnownEndpoint, Resilient, type ResilientModel, type Seen } from './resilient.js';

/** Requests at a time; the machine has better to do than to wait for one after the other. */
const AT_A_TIME = 24;

/** What came of a cell, as seen from all sides. */
export interface CellResult {
  readonly seen: Seen;
  readonly row: RequestLog;
  readonly failedAttempts: readonly FailedAttempt[];
  /** Requests that arrived at the backend; none do where nothing listens. */
  readonly arrived: number;
  readonly endpoints: readonly KnownEndpoint[];
}

/** All cells of a matrix, each asked once of a model of its own at one server. */
export class FaultRun implements AsyncDisposable {
  private readonly results = new Map<string, CellResult>();

  private constructor(
    private readonly running: AsyncDisposableStack,
    readonly lumen: Resilient,
  ) {}

  static async start(dialect: Dialect, cells: readonly Cell[]): Promise<FaultRun> {
    await using starting = new AsyncDisposableStack();
    const upstream = starting.use(await FakeUpstream.start());
    const closed = `http://127.0.0.1:${await freePort()}/v1`;
    const addresses = { open: upstream.url, closed };
    upstream.script(behaviourByPath(cells));
    const lumen = starting.use(
      await Resilient.start({
        dialect,
        models: cells.map((cell) => modelOf(cell, addresses)),
        upstream: `ejection: { failures: ${EJECTED_AFTER}, cooldown_s: 600, max_cooldown_s: 600 }`,
      }),
    );
    const run = new FaultRun(starting.move(), lumen);
    await run.ask(cells, upstream, addresses);
    return run;
  }

  of(cell: Cell): CellResult {
    return this.results.get(nameOf(cell))!;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.running.disposeAsync();
  }

  private async ask(
    cells: readonly Cell[],
    upstream: FakeUpstream,
    addresses: Addresses,
  ): Promise<void> {
    const seen = new Map<Cell, Seen>();
    const left = [...cells];
    const work = async () => {
      for (let cell = left.shift(); cell; cell = left.shift()) {
        const { isStream } = cell;
        seen.set(cell, await this.lumen.ask({ model: nameOf(cell), isStream }));
      }
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, work));
    const rows = await this.lumen.rows(cells.length);
    const known = await this.lumen.endpoints();
    for (const cell of cells) {
      const row = rows.find(({ model }) => model === nameOf(cell))!;
      this.results.set(nameOf(cell), {
        seen: seen.get(cell)!,
        row,
        failedAttempts: row.attempts === null ? [] : (JSON.parse(row.attempts) as FailedAttempt[]),
        arrived: upstream.requests.filter(({ path }) => cellIn(path).name === nameOf(cell)).length,
        endpoints: modelOf(cell, addresses).urls.map((url) => known.get(url)!),
      });
    }
  }
}

interface Addresses {
  open: string;
  closed: string;
}

function modelOf(cell: Cell, { open, closed }: Addresses): ResilientModel {
  const { fault, endpoints, faulty, retries } = cell;
  const urls = Array.from({ length: endpoints }, (_, index) => {
    const base = !fault.behaviour && index < faulty ? closed : open;
    return base.replace(/v1$/, `${nameOf(cell)}/${index}/v1`);
  });
  const isTrickle = fault.name === 'slow-trickle';
  return {
    name: nameOf(cell),
    urls,
    timeouts: {
      connect_s: 2,
      first_token_s: isTrickle ? TOTAL_S : LIMIT_S,
      idle_s: isTrickle ? TOTAL_S : LIMIT_S,
      total_s: isTrickle && ['broken', 'over'].includes(effectOf(cell)) ? TRICKLE_TOTAL_S : TOTAL_S,
    },
    retries: { attempts: retries, backoff_ms: BACKOFF_MS, retry_after_cap_s: 2 },
  };
}

function cellIn(path: string): { name: string; index: number } {
  const [, name = '', index = ''] = path.split('/');
  return { name, index: Number(index) };
}

/** One backend for all cells: the address says which of them it is to be. */
function behaviourByPath(cells: readonly Cell[]) {
  const byName = new Map(cells.map((cell) => [nameOf(cell), cell]));
  const failedOnce = new Set<string>();
  return (request: RecordedRequest, response: Parameters<typeof serves>[1]) => {
    const { name, index } = cellIn(request.path);
    const { fault, faulty } = byName.get(name)!;
    const isOver = fault.isOnce && failedOnce.has(request.path);
    failedOnce.add(request.path);
    const behaviour = index < faulty && !isOver ? fault.behaviour : undefined;
    return (behaviour ?? serves)(request, response);
  };
}
