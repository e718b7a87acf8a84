import { TestBed } from '@angular/core/testing';

import { FakeServer, json, refusal } from '../../../testing/fake-server';
import { aBudget, aMe } from '../../../testing/fixtures';
import { Budgets } from './budgets';

describe('Budgets', () => {
  let server: FakeServer;
  let budgets: Budgets;
  let now = [aBudget()];

  beforeEach(() => {
    now = [aBudget()];
    server = new FakeServer().on('GET /api/me', () => json({ ...aMe(), budgets: now }));
    budgets = TestBed.inject(Budgets);
  });

  it('knows nothing before it was asked', () => {
    expect(budgets.isLoaded()).toBe(false);
    expect([budgets.coins(), budgets.tokens(), budgets.isEmpty()]).toEqual([null, null, false]);
  });

  it('tells coins and tokens apart, and those of single models', async () => {
    now = [
      aBudget({ model: 'qwen', balance: '0' }),
      aBudget(),
      aBudget({ unit: 'tokens', balance: '900' }),
    ];
    await budgets.refresh();
    expect(budgets.coins()?.balance).toBe('1');
    expect(budgets.tokens()?.balance).toBe('900');
    expect(budgets.isEmpty()).toBe(false);
  });

  it.each([
    [aBudget({ balance: '0', nextRefreshAt: '2099-01-01T00:00:00.000Z' }), true],
    [aBudget({ balance: '0.000000001', available: '0' }), false],
    [aBudget({ kind: 'blocked', balance: '0' }), true],
    [aBudget({ kind: 'unlimited', balance: '0' }), false],
    [aBudget({ unit: 'tokens', balance: '0' }), true],
  ])('knows whether it is used up: %j', async (budget, isEmpty) => {
    now = [budget];
    await budgets.refresh();
    expect(budgets.isEmpty()).toBe(isEmpty);
    expect(budgets.nextRefreshAt()).toBe(budget.nextRefreshAt);
  });

  it('makes one question of many at once, and one more for what came meanwhile', async () => {
    await Promise.all([budgets.refresh(), budgets.refresh(), budgets.refresh()]);
    expect(server.seen).toHaveLength(2);
  });

  it('keeps what it knew when the server does not answer', async () => {
    await budgets.refresh();
    server.on('GET /api/me', () => refusal(503, 'unavailable'));
    await budgets.refresh();
    expect(budgets.coins()?.balance).toBe('1');
  });

  it('asks again when a refill was due', async () => {
    vi.useFakeTimers();
    try {
      now = [aBudget({ nextRefreshAt: new Date(Date.now() + 60_000).toISOString() })];
      await budgets.refresh();
      now = [aBudget({ balance: '31.5' })];
      await vi.advanceTimersByTimeAsync(63_000);
      expect(budgets.coins()?.balance).toBe('31.5');
    } finally {
      vi.useRealTimers();
    }
  });
});
