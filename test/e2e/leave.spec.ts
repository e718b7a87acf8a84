import { describe, expect, it } from '@jest/globals';
import { DIALECTS } from '../support/lumen/lumen-server.js';
import { Metered, NANO, type Payer } from '../support/lumen/metered.js';
import { type Behaviour, chunkText, hang } from '../support/scripted-upstream.js';
import { until } from '../support/until.js';

const CALLERS = 200;
const MOST_WORDS = 25;
const COINS = 1_000_000;
/** A stop reaches the backend in a tenth of a second; this machine may be busy with other tests. */
const BUSY_MS = 1_000;

interface Served {
  words: number;
  /** `performance.now()`; null while the caller is there. */
  leftAtMs: number | null;
}

/** Writes a word every now and then, until it is stopped, and remembers for whom. */
class Backend {
  readonly served = new Map<string, Served>();

  readonly answer: Behaviour = async (request, response) => {
    const served: Served = { words: 0, leftAtMs: null };
    this.served.set(String(request.headers['x-request-id']), served);
    const gone = request.aborted.then(() => {
      served.leftAtMs = performance.now();
      return true;
    });
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (;;) {
      response.write(chunkText(` w${served.words}`));
      served.words += 1;
      const pause = new Promise<boolean>((resolve) => setTimeout(resolve, 20, false));
      if (await Promise.race([gone, pause])) return;
    }
  };

  get stopped(): number {
    return [...this.served.values()].filter(({ leftAtMs }) => leftAtMs !== null).length;
  }
}

interface Left {
  requestId: string;
  seen: number;
  leftAtMs: number;
}

/** Reads until so many words have come, and leaves. */
async function leaveAfter(words: number, payer: Payer, requestId: string): Promise<Left> {
  const leaving = new AbortController();
  const left: Left = { requestId, seen: 0, leftAtMs: 0 };
  try {
    const answer = await payer.ask({ stream: true }, leaving.signal, requestId);
    for await (const bytes of answer.body!) {
      left.seen += Buffer.from(bytes).toString().split('"content":').length - 1;
      if (left.seen < words) continue;
      left.leftAtMs = performance.now();
      leaving.abort();
    }
  } catch {
    // This caller has left.
  }
  return left;
}

describe.each(DIALECTS)('callers that leave, on %s', (dialect) => {
  const start = () => Metered.start({ dialect, purses: { payer: { coins: COINS } } });

  it('stop the backend, and pay for what was produced, each of them, and no more', async () => {
    await using metered = await start();
    const payer = await metered.payer('payer');
    const backend = new Backend();
    metered.upstream.usual = backend.answer;
    const leaves = Array.from({ length: CALLERS }, (_, index) =>
      leaveAfter(1 + ((index * 7) % MOST_WORDS), payer, `caller-${index}`),
    );
    const left = await Promise.all(leaves);
    await until(() => backend.stopped === CALLERS);
    const rows = new Map((await metered.rows(CALLERS)).map((row) => [row.requestId, row]));
    expect(rows.size).toBe(CALLERS);

    let charged = 0n;
    for (const { requestId, seen } of left) {
      const row = rows.get(requestId)!;
      const { words } = backend.served.get(requestId)!;
      expect(row).toMatchObject({ outcome: 'cancelled', accuracy: 'partial', status: 499 });
      // Nobody pays for less than was seen, or for what the backend did not write.
      expect(row.completionTokens).toBeGreaterThanOrEqual(seen);
      expect(row.completionTokens).toBeLessThanOrEqual(words);
      expect(row.cost).toBe(BigInt(row.completionTokens!) * NANO);
      charged += row.cost!;
    }
    expect(BigInt(COINS) * NANO - (await payer.pool()).balance).toBe(charged);
    const delays = left
      .map(({ requestId, leftAtMs }) => backend.served.get(requestId)!.leftAtMs! - leftAtMs)
      .toSorted((a, b) => a - b);
    expect(delays[CALLERS / 2]).toBeLessThan(BUSY_MS);
  }, 60_000);

  it('before the first word pay nothing', async () => {
    await using metered = await start();
    const payer = await metered.payer('payer');
    metered.upstream.next(hang);
    const leaving = new AbortController();
    const arrived = metered.upstream.nextRequest();
    const answer = payer.ask({}, leaving.signal);
    const { aborted } = await arrived;
    expect((await payer.poolNow())?.held).toBe(4_096n * NANO);
    leaving.abort();
    await expect(answer).rejects.toThrow();
    await aborted;
    const [row] = await metered.rows(1);
    expect(row).toMatchObject({ outcome: 'cancelled', status: 499, cost: null, accuracy: null });
    expect((await payer.pool()).balance).toBe(BigInt(COINS) * NANO);
  }, 60_000);
});
