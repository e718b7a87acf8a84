import { Injectable } from '@nestjs/common';
import { ConfigurationService } from '../config/configuration.service.js';
import { type AuditContext } from '../infrastructure/audit/audit-context.js';
import { GroupsService, MembershipIndexService } from '../groups/index.js';
import {
  explainRoles,
  type GrantableRole,
  type SourcedRole,
  type User,
  UserAdministrationService,
} from '../users/index.js';
import { UserColumnsService } from './user-columns.service.js';
import { isRankColumn, UserRanksService } from './user-ranks.service.js';
import { ListedUserDto, type ListUsersDto, UserDetailsDto, type UserPageDto } from './users.dto.js';

/** People as administrators see them: accounts, with the roles and groups that follow. */
@Injectable()
export class UsersOverviewService {
  constructor(
    private readonly users: UserAdministrationService,
    private readonly groups: GroupsService,
    private readonly index: MembershipIndexService,
    private readonly ranks: UserRanksService,
    private readonly columns: UserColumnsService,
    private readonly configuration: ConfigurationService,
  ) {}

  /** @throws AppError not_found for an unknown group; the signal's reason when the caller leaves */
  async list(query: ListUsersDto, signal?: AbortSignal): Promise<UserPageDto> {
    const { active: isActive, group, ...request } = query;
    const ids = group === undefined ? null : await this.index.idsOf(group, signal);
    const wanted = { ...request, isActive, ids: ids ?? undefined };
    const page = isRankColumn(query.sort)
      ? await this.users.listByRank(wanted, await this.ranks.of(query.sort))
      : await this.users.list(wanted);
    signal?.throwIfAborted();
    const columns = await this.columns.of(page.items);
    return {
      ...page,
      items: page.items.map((user) =>
        ListedUserDto.from(user, this.rolesOf(user), columns.get(user.id)!),
      ),
    };
  }

  async get(id: string): Promise<UserDetailsDto> {
    return this.describe(await this.users.get(id));
  }

  async setActive(id: string, isActive: boolean, context: AuditContext): Promise<UserDetailsDto> {
    return this.describe(await this.users.setActive(id, isActive, context));
  }

  async setRoles(
    id: string,
    roles: readonly GrantableRole[],
    context: AuditContext,
  ): Promise<UserDetailsDto> {
    return this.describe(await this.users.setRoles(id, roles, context));
  }

  private async describe(user: User): Promise<UserDetailsDto> {
    return UserDetailsDto.from(user, this.rolesOf(user), await this.groups.ofUser(user));
  }

  private rolesOf({ email, grantedRoles }: Pick<User, 'email' | 'grantedRoles'>): SourcedRole[] {
    return explainRoles(email, grantedRoles ?? [], this.configuration.current);
  }
}
