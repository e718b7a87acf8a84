import { type ModelStanding, ModelStandingDto } from '../access/index.js';
import { type ResolvedPolicies, WonPolicyDto } from '../budgets/index.js';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsArray,
  IsBoolean,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { IsAddress } from '../infrastructure/http/is-address.js';
import { pageOf, pageQueryOf } from '../infrastructure/http/page-query.dto.js';
import {
  type GroupDefinition,
  type GroupMembership,
  MEMBER_SORT_COLUMNS,
  type MembershipReason,
  type TrialResult,
  versionOf,
} from '../groups/index.js';
import { MembershipDto } from './users.dto.js';

const ACCESS = ['allowed', 'needs_ack', 'blocked'] as const;
const LONGEST_NAME = 128;
const LONGEST_DESCRIPTION = 1000;

export class GroupRuleDto {
  @ApiProperty({ description: 'The claim: affiliation, member_of, idp, ou or any other.' })
  field!: string;

  @ApiPropertyOptional({ type: String, nullable: true, description: 'A part of the claim.' })
  contains!: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, description: 'The whole claim.' })
  equals!: string | null;
}

export class ModelAccessDto {
  @ApiPropertyOptional({ enum: ACCESS, nullable: true, description: 'For models no list names.' })
  default!: (typeof ACCESS)[number] | null;

  @ApiPropertyOptional({ type: [String] })
  allowed!: readonly string[];

  @ApiPropertyOptional({ type: [String] })
  needsAck!: readonly string[];

  @ApiPropertyOptional({ type: [String] })
  blocked!: readonly string[];
}

export class BudgetPolicyDto {
  @ApiProperty({ description: 'The most the pool holds. 0: no access; -2: unlimited.' })
  max!: number;

  @ApiPropertyOptional({ description: 'Added per hour, up to max.', default: 0 })
  refresh!: number;

  @ApiPropertyOptional({ description: 'Put into a new pool; max unless said otherwise.' })
  starting!: number;
}

/** What can be said of a group; the values within are checked by the rules of config.yaml. */
export class UpdateGroupDto {
  @ApiPropertyOptional({ type: String, maxLength: LONGEST_DESCRIPTION })
  @IsOptional()
  @IsString({ message: 'description is a text.' })
  @MaxLength(LONGEST_DESCRIPTION, {
    message: `description has at most ${LONGEST_DESCRIPTION} characters.`,
  })
  description?: string;

  @ApiPropertyOptional({ type: Boolean, description: 'A group that is not active gives nothing.' })
  @IsOptional()
  @IsBoolean({ message: 'isActive is true or false.' })
  isActive?: boolean;

  @ApiPropertyOptional({
    type: [GroupRuleDto],
    description: 'Who matches every rule is a member. Each has either contains or equals.',
  })
  @IsOptional()
  @IsArray({ message: 'rules is a list.' })
  rules?: unknown;

  @ApiPropertyOptional({ type: ModelAccessDto })
  @IsOptional()
  @IsObject({ message: 'modelAccess is an object.' })
  modelAccess?: unknown;

  @ApiPropertyOptional({ type: BudgetPolicyDto, nullable: true })
  @IsOptional()
  @IsObject({ message: 'coins is an object, or null for no pool of coins.' })
  coins?: unknown;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { $ref: '#/components/schemas/BudgetPolicyDto' },
    description: 'By model; `default` for all models without an entry.',
  })
  @IsOptional()
  @IsObject({ message: 'tokens is an object.' })
  tokens?: unknown;
}

export class ChangeGroupDto extends UpdateGroupDto {
  @ApiPropertyOptional({
    type: String,
    description:
      'The `version` that was read before: a group changed since is not overwritten, but answered with 409 and in details.current.',
  })
  @IsOptional()
  @IsString({ message: 'basedOn is the version of a group.' })
  @MaxLength(64, { message: 'basedOn is the version of a group.' })
  basedOn?: string;
}

export class CreateGroupDto extends UpdateGroupDto {
  @ApiProperty({ minLength: 1, maxLength: LONGEST_NAME })
  @IsString({ message: 'Give the group a name.' })
  @Length(1, LONGEST_NAME, { message: `Give the group a name of 1 to ${LONGEST_NAME} characters.` })
  @Matches(/^(?!\s)[^\p{Cc}]*(?<!\s)$/u, {
    message: 'The name has no spaces around it and no control characters.',
  })
  name!: string;
}

export class GroupDto {
  @ApiProperty()
  name!: string;

  @ApiProperty()
  description!: string;

  @ApiProperty()
  isActive!: boolean;

  @ApiProperty({ enum: ['file', 'console'], description: 'file: managed by config.yaml.' })
  source!: 'file' | 'console';

  @ApiProperty({ type: [GroupRuleDto] })
  rules!: readonly GroupRuleDto[];

  @ApiProperty({ type: ModelAccessDto })
  modelAccess!: ModelAccessDto;

  @ApiProperty({ type: BudgetPolicyDto, nullable: true })
  coins!: BudgetPolicyDto | null;

  @ApiProperty({
    type: 'object',
    additionalProperties: { $ref: '#/components/schemas/BudgetPolicyDto' },
  })
  tokens!: Readonly<Record<string, BudgetPolicyDto>>;

  @ApiProperty({ description: 'Tells this state of the group from a later one.' })
  version!: string;

  static from(this: void, group: GroupDefinition): GroupDto {
    return { ...group, version: versionOf(group) };
  }
}

export class ListGroupsDto extends pageQueryOf(['name', 'source', 'isActive']) {}

export class GroupPageDto extends pageOf(GroupDto) {}

export class ListMembersDto extends pageQueryOf(MEMBER_SORT_COLUMNS) {}

export class GroupMembershipDto implements GroupMembership {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'email' })
  email!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty()
  isActive!: boolean;

  @ApiProperty({ enum: ['everyone', 'configuration', 'dev_user', 'manual', 'rule'] })
  because!: MembershipReason;
}

export class GroupMembershipPageDto extends pageOf(GroupMembershipDto) {}

export class DraftGroupDto {
  @ApiPropertyOptional({ type: String, description: 'A group whose rules are to change, if any.' })
  @IsOptional()
  @IsString({ message: 'draft.name is a text.' })
  @Length(1, LONGEST_NAME, { message: `draft.name has 1 to ${LONGEST_NAME} characters.` })
  name?: string;

  @ApiPropertyOptional({ type: Boolean })
  @IsOptional()
  @IsBoolean({ message: 'draft.isActive is true or false.' })
  isActive?: boolean;

  @ApiProperty({ type: [GroupRuleDto] })
  @IsArray({ message: 'draft.rules is a list.' })
  rules!: unknown;
}

export class TestGroupsDto {
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'What an identity provider would say about somebody.',
    example: { affiliation: 'staff@illinois.edu;member@illinois.edu' },
  })
  @IsObject({ message: 'claims is an object such as {"affiliation": "staff@example.edu"}.' })
  claims!: Record<string, unknown>;

  @ApiPropertyOptional({ type: String, description: 'Whose configured groups count as well.' })
  @IsOptional()
  @IsAddress({ tld: true }, { message: 'email is an e-mail address.' })
  email?: string;

  @ApiPropertyOptional({ type: DraftGroupDto, description: 'A group as it might become.' })
  @IsOptional()
  @IsObject({ message: 'draft is an object with rules.' })
  @ValidateNested({ message: 'draft is an object with rules.' })
  @Type(() => DraftGroupDto)
  draft?: DraftGroupDto;
}

export class DraftEffectDto {
  @ApiProperty()
  name!: string;

  @ApiProperty({ description: 'Whether the rules match the claims.' })
  matches!: boolean;

  @ApiProperty({ description: 'Members there would be.' })
  members!: number;

  @ApiProperty({ description: 'People who are not in the group now and would be.' })
  joining!: number;

  @ApiProperty({ description: 'People who are in the group now and would no longer be.' })
  leaving!: number;

  @ApiProperty({ description: 'Active people who were looked at, by their last login.' })
  knownUsers!: number;
}

/** A group somebody would be in, and what it gives to spend. */
export class TestedGroupDto extends MembershipDto {
  @ApiProperty({ type: BudgetPolicyDto, nullable: true })
  coins!: BudgetPolicyDto | null;

  @ApiProperty({
    type: 'object',
    additionalProperties: { $ref: '#/components/schemas/BudgetPolicyDto' },
  })
  tokens!: Readonly<Record<string, BudgetPolicyDto>>;
}

export class GroupTestDto {
  @ApiProperty({ type: [TestedGroupDto], description: 'The groups, the draft in force.' })
  groups!: TestedGroupDto[];

  @ApiProperty({ type: [ModelStandingDto], description: 'Every model, and what decides about it.' })
  models!: ModelStandingDto[];

  @ApiProperty({ type: [WonPolicyDto], description: 'The budget policies that would win.' })
  budgets!: WonPolicyDto[];

  @ApiProperty({ type: DraftEffectDto, nullable: true })
  draft!: DraftEffectDto | null;

  static from(
    this: void,
    { memberships, draft }: TrialResult,
    { standings, policies }: { standings: readonly ModelStanding[]; policies: ResolvedPolicies },
  ): GroupTestDto {
    const groups = memberships.map((membership) => {
      const { coins, tokens } = membership.group;
      return { ...MembershipDto.from(membership), coins, tokens };
    });
    return {
      groups,
      models: standings.map(ModelStandingDto.from),
      budgets: policies.all().map(WonPolicyDto.from),
      draft,
    };
  }
}
