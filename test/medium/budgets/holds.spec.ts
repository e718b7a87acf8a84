import { describe, expect, it } from '@jest/globals';
import { type AppError } from '../../../server/src/infrastructure/errors/app-error.js';
import { Books, request } from '../../support/budgets/books.js';
import { until } from '../../support/until.js';
import { DIALECTS } from '../../support/lumen/lumen-server.js';

const failure = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: AppError) => error,
  );

describe.each(DIALECTS)('a hold on %s', (dialect) => {
  it('takes from both pools what the request may cost', async () => {
    await using books = await Books.start(dialect);
    const pools = { coins: await books.pool(1_000n), tokens: await books.pool(500n, 'tokens') };
    const grant = await books.holds.open(request(pools, 40, { promptTokens: 60 }));
    expect(grant).toEqual({
      outputTokens: 40,
      coins: 100n,
      tokens: 100n,
      available: { coins: 900n, tokens: 400n },
    });
    expect(await books.state(pools.coins)).toEqual({ balance: 1_000n, held: 100n });
    expect(await books.state(pools.tokens)).toEqual({ balance: 500n, held: 100n });
    expect(await books.offPools()).toEqual([]);
  });

  it.each(['coins', 'tokens'] as const)(
    'of one pool of %s is as asked for, or what is there',
    async (unit) => {
      await using books = await Books.start(dialect);
      const pool = await books.pool(100n, unit);
      const left = (amount: bigint) => ({ coins: null, tokens: null, [unit]: amount });
      const ask = (output: number, isLowerable = false) =>
        books.holds.open(request({ [unit]: pool }, output, { isLowerable }));
      expect(await ask(70)).toMatchObject({ outputTokens: 70, [unit]: 70n, available: left(30n) });
      expect(await failure(ask(31))).toMatchObject({ code: 'budget_exceeded' });
      expect(await ask(500, true)).toMatchObject({
        outputTokens: 30,
        [unit]: 30n,
        available: left(0n),
      });
      expect(await books.open()).toBe(2);
      expect(await books.state(pool)).toEqual({ balance: 100n, held: 100n });
      expect(await books.offPools()).toEqual([]);
    },
  );

  it('counts exactly where numbers cannot', async () => {
    await using books = await Books.start(dialect);
    const coins = await books.pool(2n ** 62n + 1n);
    const { available } = await books.holds.open(request({ coins }, 1));
    expect(available.coins).toBe(2n ** 62n);
    const { id } = request({ coins }, 2);
    await books.holds.open({ ...request({ coins }, 2), id });
    const outcome = await books.settle(id, { coins }, { coins: 1n });
    expect(outcome).toEqual({ isFirst: true, available: { coins: 2n ** 62n - 1n, tokens: null } });
    expect(await books.offPools()).toEqual([]);
  });

  it('is not needed where nothing limits the owner', async () => {
    await using books = await Books.start(dialect);
    const grant = await books.holds.open(request({}, 7));
    expect(grant).toEqual({
      outputTokens: 7,
      coins: 0n,
      tokens: 0n,
      available: { coins: null, tokens: null },
    });
    expect(await books.open()).toBe(0);
  });

  it('is lowered to the output that both pools can pay', async () => {
    await using books = await Books.start(dialect);
    const pools = { coins: await books.pool(1_000n), tokens: await books.pool(100n, 'tokens') };
    const grant = await books.holds.open(
      request(pools, 4_096, { promptTokens: 60, isLowerable: true }),
    );
    expect(grant).toMatchObject({ outputTokens: 40, coins: 100n, tokens: 100n });
    expect(grant.available).toEqual({ coins: 900n, tokens: 0n });
  });

  it('is refused where one of two pools is short, and takes nothing of the other', async () => {
    await using books = await Books.start(dialect);
    const pools = { coins: await books.pool(1_000n), tokens: await books.pool(59n, 'tokens') };
    const error = await failure(
      books.holds.open(request(pools, 4_096, { promptTokens: 60, isLowerable: true })),
    );
    expect(error).toMatchObject({ code: 'budget_exceeded', status: 429 });
    expect(error?.message).toContain('token pool of group faculty');
    expect(error?.details).toMatchObject({ unit: 'tokens', needed: '61', available: '59' });
    expect(await books.state(pools.coins)).toEqual({ balance: 1_000n, held: 0n });
    expect(await books.open()).toBe(0);
  });

  it('is all or nothing where the output may not be lowered', async () => {
    await using books = await Books.start(dialect);
    const coins = await books.pool(99n);
    expect(await failure(books.holds.open(request({ coins }, 100)))).toMatchObject({
      details: { unit: 'coins', needed: '0.0000001', available: '0.000000099' },
    });
    expect(await books.holds.open(request({ coins }, 99))).toMatchObject({ coins: 99n });
  });

  it('of an absurd size is refused like any other', async () => {
    await using books = await Books.start(dialect);
    const coins = await books.pool(1_000n);
    const [absurd, modest] = await Promise.all([
      failure(books.holds.open(request({ coins }, 1e30))),
      books.holds.open(request({ coins }, 10)),
    ]);
    expect(absurd).toMatchObject({ code: 'budget_exceeded' });
    expect(modest).toMatchObject({ coins: 10n });
  });

  it('costs nothing where the model costs nothing, from an empty pool too', async () => {
    await using books = await Books.start(dialect);
    const coins = await books.pool(0n);
    const prices = {
      inputPerMillion: 0n,
      cachedInputPerMillion: 0n,
      outputPerMillion: 0n,
      audioPerHour: null,
    };
    const grant = await books.holds.open(request({ coins }, 100, { prices }));
    expect(grant).toMatchObject({ outputTokens: 100, coins: 0n, available: { coins: 0n } });
  });

  it('decides in the order of asking', async () => {
    await using books = await Books.start(dialect);
    const coins = await books.pool(100n);
    const ask = (output: number, isLowerable = false) =>
      books.holds.open(request({ coins }, output, { isLowerable })).then(
        (grant) => grant.outputTokens,
        () => 0,
      );
    const asks = [ask(60), ask(60), ask(30), ask(200, true), ask(10)];
    expect(await Promise.all(asks)).toEqual([60, 0, 30, 10, 0]);
    expect(await books.state(coins)).toEqual({ balance: 100n, held: 100n });
  });

  it('of a pool that is gone is refused', async () => {
    await using books = await Books.start(dialect);
    const coins = await books.pool(100n);
    await books.dataSource.query('DELETE FROM pools');
    expect(await failure(books.holds.open(request({ coins }, 1)))).toMatchObject({
      code: 'budget_exceeded',
    });
    expect(await books.open()).toBe(0);
  });

  it('is refused while the replica is cut off, and when too many wait', async () => {
    await using books = await Books.start(dialect);
    const coins = await books.pool(100n);
    books.isFenced = true;
    expect(await failure(books.holds.open(request({ coins }, 1)))).toMatchObject({ status: 503 });
    books.isFenced = false;
    const late = failure(books.holds.open(request({ coins }, 1)));
    books.isFenced = true;
    expect(await late).toMatchObject({ status: 503 });
    books.isFenced = false;
    await until(async () => (await books.open()) === 0);
    books.maxQueue = 2;
    const asks = [1, 2, 3].map(() => failure(books.holds.open(request({ coins }, 1))));
    expect(await Promise.all(asks)).toEqual([
      null,
      null,
      expect.objectContaining({ code: 'overloaded', status: 503, retryAfterS: 1 }),
    ]);
    expect(await books.holds.open(request({ coins }, 1))).toMatchObject({ coins: 1n });
  });
});

describe.each(DIALECTS)('an extension on %s', (dialect) => {
  it('raises hold and pools together, and stores the checkpoint', async () => {
    await using books = await Books.start(dialect);
    const pools = { coins: await books.pool(100n), tokens: await books.pool(100n, 'tokens') };
    const opened = request(pools, 10, { promptTokens: 20 });
    await books.holds.open(opened);
    const more = { ...opened, moreOutputTokens: 50, checkpoint: '{"far":1}' };
    expect(await books.holds.extend(more)).toBe(50);
    expect(await books.state(pools.coins)).toEqual({ balance: 100n, held: 80n });
    const [hold] = await books.holds.abandoned([books.replicaId]);
    expect(hold).toMatchObject({ id: opened.id, coins: 80n, tokens: 80n, checkpoint: '{"far":1}' });
    expect(await books.offPools()).toEqual([]);
  });

  it('is as much as can be paid, down to nothing', async () => {
    await using books = await Books.start(dialect);
    const pools = { coins: await books.pool(100n), tokens: await books.pool(35n, 'tokens') };
    const opened = request(pools, 10);
    await books.holds.open(opened);
    expect(await books.holds.extend({ ...opened, moreOutputTokens: 50 })).toBe(25);
    const late = { ...opened, moreOutputTokens: 50, checkpoint: '{"far":2}' };
    expect(await books.holds.extend(late)).toBe(0);
    expect(await books.holds.abandoned([books.replicaId])).toMatchObject([
      { coins: 35n, tokens: 35n, checkpoint: '{"far":2}' },
    ]);
    expect(await books.offPools()).toEqual([]);
  });

  it('of a hold that is gone is nothing', async () => {
    await using books = await Books.start(dialect);
    const coins = await books.pool(100n);
    const opened = request({ coins }, 10);
    await books.holds.open(opened);
    await books.settle(opened.id, { coins }, { coins: 10n });
    expect(await books.holds.extend({ ...opened, moreOutputTokens: 5 })).toBe(0);
    expect(await books.state(coins)).toEqual({ balance: 90n, held: 0n });
  });

  it('may be asked for twice at once', async () => {
    await using books = await Books.start(dialect);
    const coins = await books.pool(100n);
    const opened = request({ coins }, 10);
    await books.holds.open(opened);
    const extend = () => books.holds.extend({ ...opened, moreOutputTokens: 60 });
    expect((await Promise.all([extend(), extend()])).sort()).toEqual([30, 60]);
    expect(await books.offPools()).toEqual([]);
  });
});

describe.each(DIALECTS)('checkpoints on %s', (dialect) => {
  it('are what a dead replica’s holds are found with', async () => {
    await using books = await Books.start(dialect);
    await using other = await books.another();
    const coins = await books.pool(100n);
    const [one, two, foreign] = [1, 2, 3].map((output) => request({ coins }, output));
    await books.holds.open(one!);
    await books.holds.open(two!);
    await other.holds.open(foreign!);
    await books.holds.checkpoint([
      { id: two!.id, checkpoint: '{"tokens":7}' },
      { id: 'gone', checkpoint: '{}' },
    ]);
    const found = await other.holds.abandoned([books.replicaId, 'nobody']);
    expect(found).toMatchObject([
      { id: one!.id, coinPoolId: coins.id, coins: 1n, tokenPoolId: null, checkpoint: '{}' },
      { id: two!.id, replicaId: books.replicaId, checkpoint: '{"tokens":7}' },
    ]);
    expect(await other.holds.abandoned([])).toEqual([]);
  });
});
