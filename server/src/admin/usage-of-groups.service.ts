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
    for (const person of people) {
      for (const { group } of await this.groups.ofUser(person)) {
        let sums = found.get(group.name);
        if (!sums) found.set(group.name, (sums = noUsage()));
        addUsage(sums, sumsOf.get(person.id)!);
      }
      signal?.throwIfAborted();
    }
    return [...found].map(([key, sums]) => ({ key, sums }));
  }
}
