import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import pg from 'pg';
import { type PoolRef } from '../../../server/src/budgets/pools/funding.js';
import { Books, request } from '../../support/budgets/books.js';
import { DIALECTS } from '../../support/lumen/lumen-server.js';

const COST = 10;

/** How many of the asks were granted; the rest was refused for lack of coins, nothing else. */
async function race(books: Books, coins: PoolRef, asks: number): Promise<string[]> {
  const opened: string[] = [];
  const ask = async () => {
    const each = request({ coins }, COST);
    try {
      await books.holds.open(each);
      opened.push(each.id);
    } catch (error) {
      expect(error).toMatchObject({ code: 'budget_exceeded' });
    }
  };
  await Promise.all(Array.from({ length: asks }, ask));
  return opened;
}

/** Looks at the pools over a connection of its own until it is stopped; answers the least it saw. */
async function watchLeast(url: string): Promise<() => Promise<bigint>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  let least = 0n;
  let isOver = false;
  const watching = (async () => {
    while (!isOver) {
      const { rows } = await client.query<{ least: string }>(
        'SELECT min(LEAST(balance, held, balance - held)) AS least FROM pools',
      );
      const seen = BigInt(rows[0]!.least);
      if (seen < least) least = seen;
    }
  })();
  return async () => {
    isOver = true;
    await watching;
    await client.end();
    return least;
  };
}

describe.each(DIALECTS)('a pool on %s that can pay for 100', (dialect) => {
  it('pays for exactly 100 of 1,000 at a time', async () => {
    await using books = await Books.start(dialect);
    const coins = await books.pool(BigInt(100 * COST));
    expect(await race(books, coins, 1_000)).toHaveLength(100);
    expect(await books.state(coins)).toEqual({ balance: 1_000n, held: 1_000n });
    expect(await books.offPools()).toEqual([]);
  });

  it('pays for exactly 100, asked by three processes', async () => {
    await using books = await Books.start(dialect);
    await using second = await books.another();
    await using third = await books.another();
    const coins = await books.pool(BigInt(100 * COST));
    const stop = dialect === 'postgres' ? await watchLeast(books.url) : null;
    const replicas = [books, second, third];
    const opened = await Promise.all(replicas.map((each) => race(each, coins, 350)));
    expect(opened.flat()).toHaveLength(100);
    // All settle for a little less, everything twice, and by whoever comes along.
    const settlements = opened.flat().flatMap((id, index) =>
      [0, 1].map((turn) => {
        const by = replicas[(index + turn) % 3]!;
        return by.settle(id, { coins }, { coins: BigInt(COST - 1) });
      }),
    );
    const firsts = (await Promise.all(settlements)).filter(({ isFirst }) => isFirst);
    expect(firsts).toHaveLength(100);
    expect(await books.state(coins)).toEqual({ balance: 100n, held: 0n });
    expect(await books.offPools()).toEqual([]);
    if (stop) expect(await stop()).toBe(0n);
  });

  it('serves two pools a request in any order without a deadlock', async () => {
    await using books = await Books.start(dialect);
    await using second = await books.another();
    const coins = await Promise.all([1, 2, 3].map(() => books.pool(3_000n)));
    const tokens = await Promise.all([1, 2, 3].map(() => books.pool(3_000n, 'tokens')));
    const work = Array.from({ length: 300 }, async (_, index) => {
      const by = index % 2 ? books : second;
      const pools = { coins: coins[index % 3]!, tokens: tokens[(index >> 1) % 3]! };
      const each = request(pools, COST);
      await by.holds.open(each);
      if (index % 5 === 0) await by.holds.extend({ ...each, moreOutputTokens: 5 });
      await by.settle(each.id, pools, { coins: 7n, tokens: 8n });
    });
    await Promise.all(work);
    expect(await books.offPools()).toEqual([]);
    const left = await Promise.all(coins.map((pool) => books.state(pool)));
    expect(left.reduce((sum, { balance }) => sum + balance, 0n)).toBe(9_000n - 300n * 7n);
  });
});

interface Step {
  kind: 'open' | 'extend' | 'settle';
  /** Which request of those opened so far, by remainder. */
  which: number;
  coins: number;
  tokens: number;
  amount: number;
  isLowerable: boolean;
}

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom('open', 'open', 'extend', 'settle', 'settle'),
  which: fc.nat(20),
  coins: fc.nat(2),
  tokens: fc.nat(2),
  amount: fc.nat(60),
  isLowerable: fc.boolean(),
});

describe.each(DIALECTS)('whatever happens to pools on %s', (dialect) => {
  it('balances stay above 0 and explained, and what is held is what is open', async () => {
    await using books = await Books.start(dialect);
    await using second = await books.another();
    const property = fc.asyncProperty(
      fc.array(fc.array(step, { minLength: 1, maxLength: 8 }), { maxLength: 6 }),
      async (rounds) => {
        const coins = [await books.pool(100n), await books.pool(40n), null];
        const tokens = [await books.pool(120n, 'tokens'), await books.pool(0n, 'tokens'), null];
        const opened: ReturnType<typeof request>[] = [];
        const settled = new Map<string, number>();
        const perform = async (each: Step, by: Books) => {
          const known = opened.length > 0 ? opened[each.which % opened.length]! : null;
          if (each.kind === 'open') {
            const pools = { coins: coins[each.coins], tokens: tokens[each.tokens] };
            const ask = request(pools, each.amount, { isLowerable: each.isLowerable });
            const grant = await by.holds.open(ask).catch(() => null);
            if (!grant) return;
            expect(grant.outputTokens).toBeLessThanOrEqual(each.amount);
            if (pools.coins || pools.tokens) opened.push(ask);
          } else if (known && each.kind === 'extend') {
            const more = await by.holds.extend({ ...known, moreOutputTokens: each.amount });
            expect(more).toBeLessThanOrEqual(each.amount);
          } else if (known) {
            const used = { coins: BigInt(each.amount), tokens: BigInt(each.amount * 2) };
            const { isFirst } = await by.settle(known.id, known.funding, used);
            settled.set(known.id, (settled.get(known.id) ?? 0) + Number(isFirst));
          }
        };
        for (const round of rounds) {
          await Promise.all(round.map((each, n) => perform(each, n % 2 ? books : second)));
          expect(await books.offPools()).toEqual([]);
        }
        expect([...settled.values()].every((times) => times === 1)).toBe(true);
        await Promise.all(opened.map(({ id, funding }) => books.settle(id, funding)));
        expect(await books.open()).toBe(0);
        expect(await books.offPools()).toEqual([]);
      },
    );
    await fc.assert(property, { numRuns: 60 });
  });
});
