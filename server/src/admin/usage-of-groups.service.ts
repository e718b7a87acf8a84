import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { GroupCensusService, GroupsService } from '../groups/index.js';
import {
  addUsage,
  type KeyedUsage,
  noUsage,
  type UsageFilter,
  type UsagePeriod,
  UsageReportService,
  type UsageSums,
} from '../usage/index.js';
import { UserScanService } from '../users/index.js';

const PEOPLE_AT_A_TIME = 200;
const EVERYBODY = {
  page: 1,
  pageSize: Number.MAX_SAFE_INTEGER,
  sort: 'email',
  order: 'asc',
} as const;

/** Usage of groups: that of the people who are in them now. */
@Injectable()
export class UsageOfGroupsService {
  constructor(
    private readonly report: UsageReportService,
    private readonly groups: GroupsService,
    private readonly census: GroupCensusService,
    private readonly users: UserScanService,
  ) {}

  /** Ids of the people in a group. @throws AppError not_found */
  async membersOf(groupName: string, signal?: AbortSignal): Promise<string[]> {
    const { items } = await this.census.membersOf(groupName, EVERYBODY, signal);
    return items.map(({ id }) => id);
  }

  /** What each group used. Somebody in two groups counts in both, so that these are no parts of a whole. */
  async byGroup(
    period: UsagePeriod,
    filter: UsageFilter,
    signal?: AbortSignal,
  ): Promise<KeyedUsage[]> {
    const used = await this.report.by('owner', period, { ...filter, ownerKind: 'user' });
    const sumsOf = new Map(used.map(({ key, sums }) => [key, sums]));
    const people: Parameters<GroupsService['ofUser']>[0][] = [];
    await this.users.visitAll((user) => {
      if (sumsOf.has(user.id)) people.push(user);
    }, signal);
    const found = new Map<string, UsageSums>();
    for (let start = 0; start < people.length; start += PEOPLE_AT_A_TIME) {
      const some = people.slice(start, start + PEOPLE_AT_A_TIME);
      for (const [id, memberships] of await this.groups.ofUsers(some)) {
        for (const { group } of memberships) addTo(found, group.name, sumsOf.get(id)!);
      }
      await nextTurn();
      signal?.throwIfAborted();
    }
    return [...found].map(([key, sums]) => ({ key, sums }));
  }
}

function addTo(found: Map<string, UsageSums>, key: string, more: UsageSums): void {
  let sums = found.get(key);
  if (!sums) found.set(key, (sums = noUsage()));
  addUsage(sums, more);
}
