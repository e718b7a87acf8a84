import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsOptional,
  IsString,
  MaxLength,
} from 'class-validator';
import { pageOf, pageQueryOf } from '../infrastructure/http/page-query.dto.js';
import { type Membership, type MembershipReason } from '../groups/index.js';
import {
  GRANTABLE_ROLES,
  type GrantableRole,
  type ListedUser,
  type RoleSource,
  type SourcedRole,
  type User,
  USER_SORT_COLUMNS,
} from '../users/index.js';
import { RANK_COLUMNS } from './user-ranks.service.js';

const ROLES = ['user', ...GRANTABLE_ROLES];

/** Texts of a query as the values they mean; anything else is left for the check to refuse. */
const BOOLEANS: Readonly<Record<string, boolean>> = { true: true, false: false };

const SORT_COLUMNS = [...USER_SORT_COLUMNS, ...RANK_COLUMNS] as const;

export class ListUsersDto extends pageQueryOf(SORT_COLUMNS) {
  @ApiPropertyOptional({ type: Boolean })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? (BOOLEANS[value] ?? value) : value,
  )
  @IsBoolean({ message: 'active is true or false.' })
  active?: boolean;

  @ApiPropertyOptional({ enum: GRANTABLE_ROLES, description: 'Whatever gives the role.' })
  @IsOptional()
  @IsIn(GRANTABLE_ROLES, { message: `role is one of ${GRANTABLE_ROLES.join(', ')}.` })
  role?: GrantableRole;

  @ApiPropertyOptional({ maxLength: 128, description: 'Whatever puts them into the group.' })
  @IsOptional()
  @IsString({ message: 'group is the name of a group.' })
  @MaxLength(128, { message: 'group is the name of a group.' })
  group?: string;
}

export class UpdateUserDto {
  @ApiProperty({
    description: 'false ends the person’s sessions and stops their keys, at once and everywhere.',
  })
  @IsBoolean({ message: 'isActive is true or false.' })
  isActive!: boolean;
}

export class SetRolesDto {
  @ApiProperty({
    enum: GRANTABLE_ROLES,
    isArray: true,
    description:
      'The roles granted to the person, in place of those granted before. Roles that config.yaml gives stay: only the file takes them away.',
  })
  @IsArray({ message: 'roles is a list.' })
  @ArrayMaxSize(20, { message: 'roles names a role twice.' })
  @IsIn(GRANTABLE_ROLES, {
    each: true,
    message: `Each of roles is one of ${GRANTABLE_ROLES.join(', ')}.`,
  })
  roles!: GrantableRole[];
}

/** What somebody may spend on all models. */
export class CoinsLeftDto {
  @ApiProperty({ enum: ['limited', 'unlimited', 'blocked'] })
  kind!: 'limited' | 'unlimited' | 'blocked';

  @ApiProperty({ example: '31.4' })
  available!: string;

  @ApiProperty({ example: '50' })
  max!: string;
}

export class ListedUserDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'email' })
  email!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty()
  isActive!: boolean;

  @ApiProperty({ enum: ROLES, isArray: true })
  roles!: string[];

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time', type: String, nullable: true })
  lastLoginAt!: string | null;

  @ApiProperty({
    format: 'date-time',
    type: String,
    nullable: true,
    description: 'The latest of logins, open sessions and uses of keys.',
  })
  lastActiveAt!: string | null;

  @ApiProperty({ type: [String], description: 'The active groups.' })
  groups!: string[];

  @ApiProperty({ type: CoinsLeftDto, nullable: true, description: 'Null: nothing gives coins.' })
  coins!: CoinsLeftDto | null;

  @ApiProperty({ description: 'Coins spent in the last 30 days.', example: '12.5' })
  spent30d!: string;

  static from(
    this: void,
    user: ListedUser,
    roles: readonly SourcedRole[],
    columns: UserColumns,
  ): ListedUserDto {
    return {
      ...columns,
      id: user.id,
      email: user.email,
      name: user.name,
      isActive: user.isActive,
      roles: roles.map(({ role }) => role),
      createdAt: user.createdAt.toISOString(),
      lastLoginAt: user.lastLoginAt?.toISOString() ?? null,
    };
  }
}

/** What other modules know of somebody in the list. */
export type UserColumns = Pick<ListedUserDto, 'lastActiveAt' | 'groups' | 'coins' | 'spent30d'>;

export class UserPageDto extends pageOf(ListedUserDto) {}

export class SourcedRoleDto implements SourcedRole {
  @ApiProperty({ enum: ROLES })
  role!: SourcedRole['role'];

  @ApiProperty({
    enum: ['everyone', 'configuration', 'granted', 'implied'],
    isArray: true,
    description:
      'everyone: all have it; configuration: config.yaml names the person; granted: by a superadmin; implied: it follows from another role.',
  })
  sources!: RoleSource[];
}

export class MembershipDto {
  @ApiProperty()
  name!: string;

  @ApiProperty({
    enum: ['everyone', 'configuration', 'dev_user', 'manual', 'rule'],
    description: 'Why; the first reason that applies.',
  })
  because!: MembershipReason;

  @ApiProperty({ enum: ['file', 'console'], description: 'Where the group is defined.' })
  source!: 'file' | 'console';

  static from(this: void, { group, because }: Membership): MembershipDto {
    return { name: group.name, because, source: group.source };
  }
}

export class UserDetailsDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'email' })
  email!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty()
  isActive!: boolean;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time', type: String, nullable: true })
  lastLoginAt!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'The identity provider.' })
  issuer!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Who the person is at the provider.' })
  subject!: string | null;

  @ApiProperty({ type: [SourcedRoleDto] })
  roles!: SourcedRoleDto[];

  @ApiProperty({ enum: GRANTABLE_ROLES, isArray: true, description: 'Granted by a superadmin.' })
  grantedRoles!: string[];

  @ApiProperty({ type: [MembershipDto] })
  groups!: MembershipDto[];

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description: 'What the provider said at the last login; rules decide by it.',
  })
  claims!: Record<string, unknown> | null;

  static from(
    this: void,
    user: User,
    roles: readonly SourcedRole[],
    memberships: readonly Membership[],
  ): UserDetailsDto {
    return {
      id: user.id,
      email: user.email,
      name: user.name,
      isActive: user.isActive,
      createdAt: user.createdAt.toISOString(),
      lastLoginAt: user.lastLoginAt?.toISOString() ?? null,
      issuer: user.issuer,
      subject: user.subject,
      roles: [...roles],
      grantedRoles: user.grantedRoles ?? [],
      groups: memberships.map(MembershipDto.from),
      claims: user.claims,
    };
  }
}
