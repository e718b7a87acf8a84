import { expect } from '@jest/globals';
import fc from 'fast-check';
import { configuredAmount, type Unit } from '../../../server/src/budgets/amounts.js';
import { ModelPool, NOTHING, type Numbers } from '../budgets/refresh-model.js';
import { type RefreshedLumen } from './refreshed.js';

interface Policy {
  max: number;
  refresh: number;
}
type Policies = Record<Unit, Policy | null>;

type Step =
  | { kind: 'wait'; ms: number }
  | { kind: 'refresh'; ms: number }
  | { kind: 'restart' }
  | { kind: 'policy'; policies: Policies; keeps: keyof Policy | null }
  | { kind: 'charge'; unit: Unit; share: number }
  | { kind: 'gift'; unit: Unit; amount: bigint };

const HOUR_MS = 3_600_000;
const UNITS: readonly Unit[] = ['coins', 'tokens'];
/** In the unit that the configuration has, with what people write and what they may. */
const MOST: Record<Unit, number> = { coins: 1_000_000_000, tokens: 1_000_000_000_000_000 };

const amount = (unit: Unit) => {
  const whole = fc.integer({ min: 1, max: 1_000 });
  const large = fc.integer({ min: 1, max: MOST[unit] });
  const fraction = fc.integer({ min: 1, max: 5_000_000 }).map((nano) => nano / 1e9);
  return unit === 'coins' ? fc.oneof(whole, large, fraction) : fc.oneof(whole, large);
};

const refresh = (unit: Unit) =>
  fc.oneof({ weight: 9, arbitrary: amount(unit) }, { weight: 1, arbitrary: fc.constant(0) });

const policy = (unit: Unit) =>
  fc.option(fc.record({ max: amount(unit), refresh: refresh(unit) }), {
    freq: 6,
  });

const policies = fc.record({ coins: policy('coins'), tokens: policy('tokens') });
const unit = fc.constantFrom(...UNITS);
/** Which number a change of policy leaves as it was. */
const keeps = fc.constantFrom('max' as const, 'refresh' as const, null);

const wait = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 3 * HOUR_MS }) },
  { weight: 2, arbitrary: fc.constantFrom(HOUR_MS, HOUR_MS - 1, HOUR_MS + 1, 1.5 * HOUR_MS) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 20 * 365 * 24 * HOUR_MS }) },
  { weight: 1, arbitrary: fc.integer({ min: -5 * HOUR_MS, max: 0 }) },
);

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: wait }) },
  { weight: 10, arbitrary: fc.record({ kind: fc.constant('refresh' as const), ms: wait }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'restart' as const }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('policy' as const), policies, keeps }) },
  {
    weight: 4,
    arbitrary: fc.record({
      ...{ kind: fc.constant('charge' as const), unit },
      share: fc.integer({ min: 0, max: 1_000 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      ...{ kind: fc.constant('gift' as const), unit },
      amount: fc.bigInt({ min: 1n, max: 10n ** 18n }),
    }),
  },
);

let people = 0;

/** Lumen and the model live through the same, and have the same at every moment. */
export async function agreeWithModel(lumen: RefreshedLumen, runs: number): Promise<void> {
  lumen.quiet();
  await fc.assert(
    fc.asyncProperty(
      policies,
      fc.array(step, { minLength: 10, maxLength: 30 }),
      async (start, steps) => {
        const life = await Life.begin(lumen, start);
        for (const each of steps) await life.take(each);
        expect(await lumen.unexplained()).toEqual([]);
      },
    ),
    { numRuns: runs },
  );
  const [entries] = await lumen.dataSource.query<{ n: string }[]>(
    `SELECT count(*) AS n FROM ledger_entries WHERE kind = 'refresh'`,
  );
  // Lives in which nothing was ever credited would agree about nothing.
  expect(Number(entries!.n)).toBeGreaterThan(runs);
}

class Life {
  private constructor(
    private readonly lumen: RefreshedLumen,
    private readonly email: string,
    private readonly ownerId: string,
    private readonly model: Map<Unit, ModelPool>,
    private policies: Policies,
  ) {}

  static async begin(lumen: RefreshedLumen, start: Policies): Promise<Life> {
    const email = `person${(people += 1)}@x.edu`;
    await lumen.configure(usersOf(email, start));
    const ownerId = await lumen.person(email);
    const model = new Map<Unit, ModelPool>();
    for (const { unit: found, balance } of await lumen.pools(ownerId)) {
      model.set(found, new ModelPool(balance, numbersOf(found, start), lumen.nowMs));
    }
    return new Life(lumen, email, ownerId, model, start);
  }

  async take(next: Step): Promise<void> {
    switch (next.kind) {
      case 'wait':
        this.lumen.nowMs += next.ms;
        break;
      case 'refresh':
        this.lumen.nowMs += next.ms;
        await this.refresh();
        break;
      case 'restart':
        await this.lumen.restart();
        this.lumen.quiet();
        break;
      case 'policy':
        this.policies = changed(this.policies, next.policies, next.keeps);
        await this.lumen.configure(usersOf(this.email, this.policies));
        break;
      case 'charge':
        await this.change(next.unit, (balance) => (-balance * BigInt(next.share)) / 1_000n);
        break;
      case 'gift':
        // Nothing lets a balance grow beyond what 64 bits hold.
        await this.change(next.unit, (balance) => (balance > 10n ** 18n ? 0n : next.amount));
    }
  }

  private async refresh(): Promise<void> {
    await this.lumen.refresh();
    for (const [each, pool] of this.model) {
      pool.look(this.lumen.nowMs, numbersOf(each, this.policies));
      const { balance } = await this.lumen.pool(this.ownerId, each);
      expect({ unit: each, balance }).toEqual({ unit: each, balance: pool.balance });
    }
  }

  private async change(each: Unit, by: (balance: bigint) => bigint): Promise<void> {
    const pool = this.model.get(each);
    const amount = pool ? by(pool.balance) : 0n;
    if (!pool || amount === 0n) return;
    await this.lumen.change(await this.lumen.pool(this.ownerId, each), amount);
    pool.balance += amount;
  }
}

function changed(from: Policies, to: Policies, kept: keyof Policy | null): Policies {
  const keep = (before: Policy | null, after: Policy | null) =>
    before && after && kept ? { ...after, [kept]: before[kept] } : after;
  return { coins: keep(from.coins, to.coins), tokens: keep(from.tokens, to.tokens) };
}

function numbersOf(each: Unit, of: Policies): Numbers {
  const found = of[each];
  if (!found) return NOTHING;
  const { max, refresh } = found;
  return { max: configuredAmount(each, max), refresh: configuredAmount(each, refresh) };
}

function usersOf(email: string, { coins, tokens }: Policies): string {
  const starting = 0;
  const entry = {
    ...(coins ? { ...coins, starting } : {}),
    ...(tokens ? { default: { ...tokens, starting } } : {}),
  };
  return JSON.stringify({ [email]: entry });
}
