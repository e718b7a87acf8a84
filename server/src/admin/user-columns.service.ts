import { Injectable } from '@nestjs/common';
import { amountText, type PersonInGroups } from '../budgets/index.js';
import { ClockService } from '../infrastructure/clock/clock.service.js';
import { readPeriod, UsageReportService } from '../usage/index.js';
import { type ListedUser } from '../users/index.js';
import { CoinsLeftService } from './coins-left.service.js';
import { PeopleOfPage, type PersonOfPage } from './people-of-page.js';
import { type UserColumns } from './users.dto.js';

/** What groups, budgets, usage and sign-in know of one page of people, each asked once. */
@Injectable()
export class UserColumnsService {
  constructor(
    private readonly people: PeopleOfPage,
    private readonly coins: CoinsLeftService,
    private readonly usage: UsageReportService,
    private readonly clock: ClockService,
  ) {}

  /** By id; for the few hundred of a page. */
  async of(users: readonly ListedUser[]): Promise<Map<string, UserColumns>> {
    if (users.length === 0) return new Map();
    const ids = users.map(({ id }) => id);
    const reading = this.people.of(users);
    const [people, coins, spent] = await Promise.all([
      reading,
      this.coins.ofPeople(ids, reading.then(known)),
      this.spentBy(ids),
    ]);
    const columnsOf = ({ id }: ListedUser): UserColumns => ({
      lastActiveAt: people.get(id)?.lastActiveAt?.toISOString() ?? null,
      groups: (people.get(id)?.memberships ?? []).map(({ group }) => group.name),
      coins: coins.get(id) ?? null,
      spent30d: amountText('coins', spent.get(id) ?? 0n),
    });
    return new Map(users.map((user) => [user.id, columnsOf(user)]));
  }

  private async spentBy(ownerIds: readonly string[]): Promise<Map<string, bigint>> {
    const period = readPeriod({ period: '30d' }, this.clock.nowMs());
    const used = await this.usage.by('owner', period, { ownerKind: 'user', ownerIds });
    return new Map(used.map(({ key, sums }) => [key, sums.cost]));
  }
}

/** Those who have not gone meanwhile. */
function known(people: ReadonlyMap<string, PersonOfPage>): PersonInGroups[] {
  return [...people.values()].flatMap(({ user, memberships }) =>
    user ? [{ id: user.id, email: user.email, memberships }] : [],
  );
}
