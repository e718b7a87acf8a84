import { Injectable } from '@nestjs/common';
import { ApiKeysService, SessionsService } from '../auth/index.js';
import { GroupsService, type Membership } from '../groups/index.js';
import { type ListedUser, type User, UsersService } from '../users/index.js';

export interface PersonOfPage {
  /** With the claims; null for somebody who has gone meanwhile. */
  user: User | null;
  memberships: readonly Membership[];
  lastActiveAt: Date | null;
}

/** Groups, and when somebody was last here. */
@Injectable()
export class PeopleOfPage {
  constructor(
    private readonly users: UsersService,
    private readonly groups: GroupsService,
    private readonly sessions: SessionsService,
    private readonly apiKeys: ApiKeysService,
  ) {}

  async of(listed: readonly ListedUser[]): Promise<Map<string, PersonOfPage>> {
    const ids = listed.map(({ id }) => id);
    const [users, seen, used] = await Promise.all([
      this.users.findMany(ids),
      this.sessions.lastSeenOf(ids),
      this.apiKeys.lastUsedOf(ids),
    ]);
    const memberships = await this.groups.ofUsers(users);
    const userOf = new Map(users.map((user) => [user.id, user]));
    return new Map(
      listed.map(({ id, lastLoginAt }) => {
        const times = [lastLoginAt, seen.get(id), used.get(id)].filter((time) => time != null);
        const lastActiveAt =
          times.length === 0 ? null : new Date(Math.max(...times.map((time) => time.getTime())));
        const user = userOf.get(id) ?? null;
        return [id, { user, memberships: memberships.get(id) ?? [], lastActiveAt }];
      }),
    );
  }
}
