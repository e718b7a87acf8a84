import { Injectable } from '@nestjs/common';
import { MembershipIndexService } from '../groups/index.js';
import {
  addUsage,
  type KeyedUsage,
  noUsage,
  type UsageFilter,
  type UsagePeriod,
  UsageReportService,
  type UsageSums,
} from '../usage/index.js';

/** Of people whose account is gone; what everybody used has them, too. */
const NO_GROUPS: readonly string[] = [];

/** Usage of groups: that of the people who are in them now. */
@Injectable()
export class UsageOfGroupsService {
  constructor(
    private readonly report: UsageReportService,
    private readonly index: MembershipIndexService,
  ) {}

  /** Ids of the people in a group; null: of all people. @throws AppError not_found */
  membersOf(groupName: string, signal?: AbortSignal): Promise<readonly string[] | null> {
    return this.index.idsOf(groupName, signal);
  }

  /** What each group used. Somebody in two groups counts in both, so that these are no parts of a whole. */
  async byGroup(
    period: UsagePeriod,
    filter: UsageFilter,
    signal?: AbortSignal,
  ): Promise<KeyedUsage[]> {
    const { everyone, groupsOf } = await this.index.current(signal);
    const used = await this.report.byLabel(
      period,
      { ...filter, ownerKind: 'user' },
      (ownerId) => groupsOf.get(ownerId) ?? NO_GROUPS,
    );
    const found = new Map<string, UsageSums>();
    for (const [names, sums] of used) {
      for (const name of everyone) addTo(found, name, sums);
      for (const name of names) addTo(found, name, sums);
    }
    signal?.throwIfAborted();
    return [...found].map(([key, sums]) => ({ key, sums }));
  }
}

function addTo(found: Map<string, UsageSums>, key: string, more: UsageSums): void {
  let sums = found.get(key);
  if (!sums) found.set(key, (sums = noUsage()));
  addUsage(sums, more);
}
