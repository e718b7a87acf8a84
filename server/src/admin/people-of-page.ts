import { Injectable } from '@nestjs/common';
import { ApiKeysService, SessionsService } from '../auth/index.js';
import { GroupsService } from '../groups/index.js';
import { type ListedUser, UsersService } from '../users/index.js';

/** Groups, and when somebody was last here. */
@Injectable()
export class PeopleOfPage {
  constructor(
    private readonly users: UsersService,
    private readonly groups: GroupsService,
    private readonly sessions: SessionsService,
    private readonly apiKeys: ApiKeysService,
  ) {}

  async of(
    listed: readonly ListedUser[],
  ): Promise<Map<string, { groups: string[]; lastActiveAt: Date | null }>> {
    const ids = listed.map(({ id }) => id);
    const [users, seen, used] = await Promise.all([
      this.users.findMany(ids),
      this.sessions.lastSeenOf(ids),
      this.apiKeys.lastUsedOf(ids),
    ]);
    const memberships = await this.groups.ofUsers(users);
    return new Map(
      listed.map(({ id, lastLoginAt }) => {
        const times = [lastLoginAt, seen.get(id), used.get(id)].filter((time) => time != null);
        const lastActiveAt =
          times.length === 0 ? null : new Date(Math.max(...times.map((time) => time.getTime())));
        const groups = (memberships.get(id) ?? []).map(({ group }) => group.name);
        return [id, { groups, lastActiveAt }];
      }),
    );
  }
}
