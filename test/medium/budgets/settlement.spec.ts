import { describe, expect, it } from '@jest/globals';
import { newId } from '../../../server/src/infrastructure/crypto/identifiers.js';
import { Books, request } from '../../support/budgets/books.js';
import { DIALECTS } from '../../support/lumen/lumen-server.js';

describe.each(DIALECTS)('a settlement on %s', (dialect) => {
  it('charges what was used, releases the rest and explains it', async () => {
    await using books = await Books.start(dialect);
    const pools = { coins: await books.pool(1_000n), tokens: await books.pool(500n, 'tokens') };
    const opened = request(pools, 100);
    await books.holds.open(opened);
    const outcome = await books.settle(opened.id, pools, { coins: 30n, tokens: 40n });
    expect(outcome).toEqual({ isFirst: true, available: { coins: 970n, tokens: 460n } });
    expect(await books.state(pools.coins)).toEqual({ balance: 970n, held: 0n });
    expect(await books.entries(pools.coins)).toEqual([
      { kind: 'grant', amount: 1_000n },
      { kind: 'charge', amount: -30n },
    ]);
    expect(await books.entries(pools.tokens)).toEqual([
      { kind: 'grant', amount: 500n },
      { kind: 'charge', amount: -40n },
    ]);
    expect(await books.open()).toBe(0);
    expect(await books.offPools()).toEqual([]);
  });

  it('happens once, at a time and one after the other', async () => {
    await using books = await Books.start(dialect);
    await using other = await books.another();
    const coins = await books.pool(100n);
    const opened = request({ coins }, 50);
    await books.holds.open(opened);
    const settle = (by: Books) => by.settle(opened.id, { coins }, { coins: 20n });
    const outcomes = await Promise.all([settle(books), settle(books), settle(other)]);
    outcomes.push(await settle(other));
    expect(outcomes.filter(({ isFirst }) => isFirst)).toHaveLength(1);
    expect(
      outcomes.every(({ available }) => available.coins === 80n || dialect === 'postgres'),
    ).toBe(true);
    expect(await books.state(coins)).toEqual({ balance: 80n, held: 0n });
    expect(await books.offPools()).toEqual([]);
  });

  it('of a hold that a reaper has settled is nothing', async () => {
    await using books = await Books.start(dialect);
    await using reaper = await books.another();
    const coins = await books.pool(100n);
    const opened = request({ coins }, 50);
    await books.holds.open(opened);
    const [found] = await reaper.holds.abandoned([books.replicaId]);
    await reaper.settle(found!.id, { coins }, { coins: 5n });
    const late = await books.settle(opened.id, { coins }, { coins: 50n });
    expect(late).toEqual({ isFirst: false, available: { coins: 95n, tokens: null } });
    expect(await books.entries(coins)).toHaveLength(2);
  });

  it('leaves uncollected what the pool cannot pay, charge by charge', async () => {
    await using books = await Books.start(dialect);
    const coins = await books.pool(100n);
    const opened = [1, 2, 3, 4].map(() => request({ coins }, 25));
    await Promise.all(opened.map((each) => books.holds.open(each)));
    const costs = [40n, 50n, 30n, 0n];
    const outcomes = await Promise.all(
      opened.map(({ id }, index) => books.settle(id, { coins }, { coins: costs[index] })),
    );
    expect(outcomes.map(({ isFirst }) => isFirst)).toEqual([true, true, true, true]);
    expect(await books.state(coins)).toEqual({ balance: 0n, held: 0n });
    expect(await books.entries(coins)).toEqual([
      { kind: 'grant', amount: 100n },
      { kind: 'charge', amount: -40n },
      { kind: 'charge', amount: -50n },
      { kind: 'charge', amount: -30n },
      { kind: 'uncollected', amount: 20n },
    ]);
    expect(await books.offPools()).toEqual([]);
  });

  it('of nothing releases the hold without an entry', async () => {
    await using books = await Books.start(dialect);
    const coins = await books.pool(100n);
    const opened = request({ coins }, 25);
    await books.holds.open(opened);
    await books.settle(opened.id, { coins });
    expect(await books.state(coins)).toEqual({ balance: 100n, held: 0n });
    expect(await books.entries(coins)).toHaveLength(1);
  });

  it('where nothing was held does nothing, beside others that do', async () => {
    await using books = await Books.start(dialect);
    const coins = await books.pool(100n);
    const opened = request({ coins }, 25);
    await books.holds.open(opened);
    const none = { isHeld: false, coins: 9n };
    const outcomes = await Promise.all([
      books.settle(newId(), {}, none),
      books.settle(opened.id, { coins }, { coins: 25n }),
      books.settle(newId(), {}, none),
    ]);
    expect(outcomes.map(({ available }) => available.coins)).toEqual([null, 75n, null]);
    expect(outcomes.every(({ isFirst }) => isFirst)).toBe(true);
    expect(await books.settle(newId(), {}, none)).toMatchObject({ isFirst: true });
  });

  it('of an absurd cost takes all there is, and says what is missing', async () => {
    await using books = await Books.start(dialect);
    const coins = await books.pool(100n);
    const opened = [request({ coins }, 25), request({ coins }, 25)];
    await Promise.all(opened.map((each) => books.holds.open(each)));
    await Promise.all([
      books.settle(opened[0]!.id, { coins }, { coins: 10n ** 40n }),
      books.settle(opened[1]!.id, { coins }, { coins: -5n }),
    ]);
    expect(await books.state(coins)).toEqual({ balance: 0n, held: 0n });
    expect(await books.entries(coins)).toEqual([
      { kind: 'grant', amount: 100n },
      { kind: 'charge', amount: -(2n ** 63n - 1n) },
      { kind: 'uncollected', amount: 2n ** 63n - 101n },
    ]);
  });
});
