import { Injectable } from '@nestjs/common';
import { ApiKeysService, SessionsService } from '../auth/index.js';
import { ClockService } from '../infrastructure/clock/clock.service.js';
import { readPeriod, UsageReportService } from '../usage/index.js';
import { UserAdministrationService } from '../users/index.js';

/** What people can be sorted by that their accounts do not say. */
export const RANK_COLUMNS = ['spent30d', 'lastActiveAt'] as const;
export type RankColumn = (typeof RANK_COLUMNS)[number];

export const isRankColumn = (column: string): column is RankColumn =>
  (RANK_COLUMNS as readonly string[]).includes(column);

/** A number for everybody who has one, by id, to sort by: one of each person and no more. */
@Injectable()
export class UserRanksService {
  constructor(
    private readonly users: UserAdministrationService,
    private readonly sessions: SessionsService,
    private readonly apiKeys: ApiKeysService,
    private readonly usage: UsageReportService,
    private readonly clock: ClockService,
  ) {}

  of(column: RankColumn): Promise<ReadonlyMap<string, number>> {
    return column === 'spent30d' ? this.spent() : this.lastActive();
  }

  /** Who asked for nothing has spent nothing, and stands beside those whose requests cost nothing. */
  private async spent(): Promise<ReadonlyMap<string, number>> {
    const period = readPeriod({ period: '30d' }, this.clock.nowMs());
    const amounts = await this.usage.amounts('owner', 'cost', period, { ownerKind: 'user' });
    const everybody = await this.users.lastLogins();
    return new Map([...everybody.keys()].map((id) => [id, amounts.get(id) ?? 0]));
  }

  private async lastActive(): Promise<ReadonlyMap<string, number>> {
    const [logins, seen, used] = await Promise.all([
      this.users.lastLogins(),
      this.sessions.lastSeen(),
      this.apiKeys.lastUsed(),
    ]);
    const found = new Map<string, number>();
    for (const [id, at] of [...logins, ...seen, ...used]) {
      if (at !== null && at > (found.get(id) ?? -Infinity)) found.set(id, at);
    }
    return found;
  }
}
