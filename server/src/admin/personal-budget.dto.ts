import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsObject, IsOptional, IsString, MaxLength } from 'class-validator';
import { type VersionedBudget } from '../budgets/index.js';
import { BudgetPolicyDto } from './groups.dto.js';

const PLACES = ['file', 'console'] as const;
const BASED_ON = 'basedOn is the version of a budget.';
const BY_MODEL = {
  type: 'object',
  additionalProperties: { $ref: '#/components/schemas/BudgetPolicyDto' },
} as const;

export class StaleBudgetDto {
  @ApiPropertyOptional({
    type: String,
    description:
      'The `version` that was read before: a budget changed since is not touched, but answered with 409 and in details.current.',
  })
  @IsOptional()
  @IsString({ message: BASED_ON })
  @MaxLength(64, { message: BASED_ON })
  basedOn?: string;
}

/** The values within are checked by the rules of config.yaml. */
export class SetPersonalBudgetDto extends StaleBudgetDto {
  @ApiPropertyOptional({ type: BudgetPolicyDto, nullable: true })
  @IsOptional()
  @IsObject({ message: 'coins is an object, or null for no pool of coins.' })
  coins?: unknown;

  @ApiPropertyOptional({ ...BY_MODEL, description: '`default` for models without an entry.' })
  @IsOptional()
  @IsObject({ message: 'tokens is an object.' })
  tokens?: unknown;
}

export class PersonalBudgetDto {
  @ApiProperty({
    enum: PLACES,
    nullable: true,
    description: 'file: by `users:` of config.yaml, read-only here; null: what the groups give.',
  })
  managedBy!: (typeof PLACES)[number] | null;

  @ApiProperty({ type: BudgetPolicyDto, nullable: true })
  coins!: BudgetPolicyDto | null;

  @ApiProperty(BY_MODEL)
  tokens!: Readonly<Record<string, BudgetPolicyDto>>;

  @ApiProperty({ description: 'Tells this budget from a later one.' })
  version!: string;

  static from(this: void, { managedBy, coins, tokens, version }: VersionedBudget) {
    return { managedBy, coins, tokens, version } satisfies PersonalBudgetDto;
  }
}
