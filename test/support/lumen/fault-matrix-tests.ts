import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type Cell,
  EJECTED_AFTER,
  expected,
  nameOf,
  SERVED_TOKENS,
} from '../upstream/fault-matrix.js';
import { DONE } from '../upstream/openai-texts.js';
import { type CellResult, FaultRun } from './fault-run.js';
import { type Dialect } from './lumen-server.js';
import { COINS, NANO } from './resilient.js';

/** The half second in which a limit is noticed at the latest. */
const NOTICED_MS = 500;
/** Clocks of two processes, and timers that are a little early. */
const EARLY_MS = 20;

/**
 * Tests that ask every cell of a matrix at one server, and look at each from all sides. `slackMs` is
 * what the machine may add to how long an answer takes.
 */
export function describeFaultMatrix(
  dialect: Dialect,
  cells: readonly Cell[],
  slackMs: number,
): void {
  describe(`backends that fail, on ${dialect}`, () => {
    const running = new AsyncDisposableStack();
    let run: FaultRun;

    beforeAll(async () => {
      run = running.use(await FaultRun.start(dialect, cells));
    }, 300_000);

    afterAll(() => running.disposeAsync());

    it.each(cells.map((cell) => [nameOf(cell), cell] as const))('%s', (_name, cell) => {
      const result = run.of(cell);
      expectAnswer(cell, result);
      expectLog(cell, result);
      expectHealth(cell, result);
      const { attempts, leastMs } = expected(cell);
      expect(result.seen.tookMs).toBeGreaterThan(leastMs - EARLY_MS);
      expect(result.seen.tookMs).toBeLessThan(leastMs + attempts * NOTICED_MS + slackMs);
    });

    it('charges what was produced, once, and holds nothing any more', async () => {
      const tokens = cells.reduce((sum, cell) => sum + expected(cell).tokens, 0);
      const { balance, held } = await run.lumen.pool();
      expect({ balance, held }).toEqual({ balance: BigInt(COINS - tokens) * NANO, held: 0n });
      await run.lumen.server.command('ledger', 'verify');
    });

    it('calls none of it a crash', () => {
      expect(run.lumen.server.errors).toEqual([]);
    });
  });
}

function expectAnswer(cell: Cell, { seen, arrived }: CellResult): void {
  const { failure, attempts } = expected(cell);
  const { status, code } = cell.fault;
  if (cell.fault.behaviour) expect(arrived).toBe(attempts);
  if (failure === 'status') {
    expect(seen.status).toBe(status);
    expect(JSON.parse(seen.text)).toMatchObject({ error: { code } });
    return;
  }
  expect(seen.status).toBe(200);
  if (failure === 'broken') {
    expect(seen.text).toContain(`"code":"${code}"`);
    expect(seen.text.endsWith(DONE)).toBe(true);
  } else {
    expect(seen.text).not.toContain('"error"');
    if (cell.isStream) expect(seen.text.match(/\[DONE\]/g)).toHaveLength(1);
    else
      expect(JSON.parse(seen.text)).toMatchObject({ usage: { completion_tokens: SERVED_TOKENS } });
  }
}

function expectLog(cell: Cell, { row, failedAttempts }: CellResult): void {
  const { failure, attempts, tokens } = expected(cell);
  const { status, code, answered = null } = cell.fault;
  const isCharged = tokens > 0;
  expect(row).toMatchObject({
    outcome: failure ? 'failed' : 'completed',
    status: failure === 'status' ? status : 200,
    errorCode: failure ? code : null,
    completionTokens: isCharged ? tokens : null,
    cost: isCharged ? BigInt(tokens) * NANO : null,
    coinPoolId: expect.any(String),
  });
  expect(failedAttempts).toEqual(
    Array.from({ length: attempts - 1 }, () => ({
      endpoint: expect.stringContaining(nameOf(cell)),
      status: answered,
      code,
      ms: expect.any(Number),
    })),
  );
}

function expectHealth(cell: Cell, { endpoints }: CellResult): void {
  const { fault, faulty } = cell;
  const { faults, failure } = expected(cell);
  const isCleared = fault.isOnce && faulty === cell.endpoints && !failure;
  // The health check that tells of it finds that nothing listens, too.
  const unreached = fault.behaviour ? 0 : faulty;
  const counts = endpoints.map(({ consecutiveFailures }) => consecutiveFailures);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(
    faults - (isCleared ? 1 : 0) + unreached,
  );
  for (const { consecutiveFailures, ejectedUntil, inFlight } of endpoints) {
    expect(inFlight).toBe(0);
    expect(ejectedUntil !== null).toBe(consecutiveFailures >= EJECTED_AFTER);
  }
}
