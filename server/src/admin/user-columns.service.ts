import { Injectable } from '@nestjs/common';
import {
  ALL_MODELS,
  amountText,
  LedgerService,
  type OwnedPool,
  PolicyService,
} from '../budgets/index.js';
import { ClockService } from '../infrastructure/clock/clock.service.js';
import { readPeriod, UsageReportService } from '../usage/index.js';
import { type ListedUser } from '../users/index.js';
import { PeopleOfPage, type PersonOfPage } from './people-of-page.js';
import { type CoinsLeftDto, type UserColumns } from './users.dto.js';

const EVERY_POOL = { page: 1, sort: 'owner', order: 'asc' } as const;

/** What groups, budgets, usage and sign-in know of one page of people, each asked once. */
@Injectable()
export class UserColumnsService {
  constructor(
    private readonly people: PeopleOfPage,
    private readonly policies: PolicyService,
    private readonly ledger: LedgerService,
    private readonly usage: UsageReportService,
    private readonly clock: ClockService,
  ) {}

  /** By id; for the few hundred of a page. */
  async of(users: readonly ListedUser[]): Promise<Map<string, UserColumns>> {
    if (users.length === 0) return new Map();
    const ids = users.map(({ id }) => id);
    const [people, pools, spent] = await Promise.all([
      this.people.of(users),
      this.poolsOf(ids),
      this.spentBy(ids),
    ]);
    const coins = await this.coinsOf(people, pools);
    const columnsOf = ({ id }: ListedUser): UserColumns => ({
      lastActiveAt: people.get(id)?.lastActiveAt?.toISOString() ?? null,
      groups: (people.get(id)?.memberships ?? []).map(({ group }) => group.name),
      coins: coins.get(id) ?? null,
      spent30d: amountText('coins', spent.get(id) ?? 0n),
    });
    return new Map(users.map((user) => [user.id, columnsOf(user)]));
  }

  private async poolsOf(ownerIds: readonly string[]): Promise<Map<string, OwnedPool>> {
    // One more than there can be: a page that is not full need not be counted.
    const pageSize = ownerIds.length + 1;
    const asked = { ...EVERY_POOL, pageSize, ownerIds, unit: 'coins', model: ALL_MODELS } as const;
    const { items } = await this.ledger.pools(asked);
    return new Map(items.map((pool) => [pool.ownerId, pool]));
  }

  /** By the policy in force; a pool that nobody looked at yet will begin with its starting amount. */
  private async coinsOf(
    people: ReadonlyMap<string, PersonOfPage>,
    poolOf: ReadonlyMap<string, OwnedPool>,
  ): Promise<Map<string, CoinsLeftDto>> {
    const known = [...people.values()].flatMap(({ user, memberships }) =>
      user ? [{ id: user.id, email: user.email, memberships }] : [],
    );
    const policies = await this.policies.ofPeople(known);
    const found = new Map<string, CoinsLeftDto>();
    for (const [ownerId, { coins: policy }] of policies) {
      if (!policy) continue;
      const { balance, held } = poolOf.get(ownerId) ?? { balance: policy.starting, held: 0n };
      const left = balance > held ? balance - held : 0n;
      const text = (amount: bigint) => amountText('coins', amount);
      found.set(ownerId, { kind: policy.kind, available: text(left), max: text(policy.max) });
    }
    return found;
  }

  private async spentBy(ownerIds: readonly string[]): Promise<Map<string, bigint>> {
    const period = readPeriod({ period: '30d' }, this.clock.nowMs());
    const used = await this.usage.by('owner', period, { ownerKind: 'user', ownerIds });
    return new Map(used.map(({ key, sums }) => [key, sums.cost]));
  }
}
