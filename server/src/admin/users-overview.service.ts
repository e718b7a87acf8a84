import { Injectable } from '@nestjs/common';
import { ConfigurationService } from '../config/configuration.service.js';
import { type AuditContext } from '../infrastructure/audit/audit-context.js';
import { GroupsService } from '../groups/index.js';
import {
  explainRoles,
  type GrantableRole,
  type SourcedRole,
  type User,
  UserAdministrationService,
} from '../users/index.js';
import { ListedUserDto, type ListUsersDto, UserDetailsDto, type UserPageDto } from './users.dto.js';

/** People as administrators see them: accounts, with the roles and groups that follow. */
@Injectable()
export class UsersOverviewService {
  constructor(
    private readonly users: UserAdministrationService,
    private readonly groups: GroupsService,
    private readonly configuration: ConfigurationService,
  ) {}

  async list(query: ListUsersDto): Promise<UserPageDto> {
    const page = await this.users.list(query);
    return {
      ...page,
      items: page.items.map((user) => ListedUserDto.from(user, this.rolesOf(user))),
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
