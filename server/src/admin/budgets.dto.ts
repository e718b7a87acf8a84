import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsOptional, IsString, Length, Matches, MaxLength } from 'class-validator';
import {
  type Adjustment,
  amountText,
  LedgerEntryDto,
  type OwnedPool,
  POOL_SORTS,
  type PoolFilter,
  type Unit,
} from '../budgets/index.js';
import { pageOf, pageQueryOf } from '../infrastructure/http/page-query.dto.js';
import { type OwnerKind } from '../infrastructure/http/principal.js';

const UNITS = ['coins', 'tokens'] as const;
const OWNER_KINDS = ['user', 'client'] as const;
const ANY_AMOUNT = /^-?\d{1,16}(\.\d{1,9})?$/;
const AMOUNT = 'amount is decimal text such as "12.5" or "-3", in the unit of the pool.';
const LONGEST_REASON = 500;

export class ListPoolsDto extends pageQueryOf(POOL_SORTS) implements PoolFilter {
  @ApiPropertyOptional({ enum: OWNER_KINDS })
  @IsOptional()
  @IsIn(OWNER_KINDS, { message: 'ownerKind is user or client.' })
  ownerKind?: OwnerKind;

  @ApiPropertyOptional({ maxLength: 36 })
  @IsOptional()
  @IsString({ message: 'ownerId is one id.' })
  @MaxLength(36, { message: 'ownerId is one id.' })
  @Matches(/^\P{Cc}*$/u, { message: 'ownerId is one id.' })
  ownerId?: string;

  @ApiPropertyOptional({ enum: UNITS, enumName: 'BudgetUnit' })
  @IsOptional()
  @IsIn(UNITS, { message: 'unit is coins or tokens.' })
  unit?: Unit;

  @ApiPropertyOptional({ maxLength: 256, description: 'Empty: the pools for all models.' })
  @IsOptional()
  @IsString({ message: 'model is one name.' })
  @MaxLength(256, { message: 'model is one name.' })
  @Matches(/^\P{Cc}*$/u, { message: 'model is one name.' })
  model?: string;
}

export class PoolDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ enum: OWNER_KINDS })
  ownerKind!: OwnerKind;

  @ApiProperty({ format: 'uuid' })
  ownerId!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'The address of a person, the name of a client; null: there is none any more.',
  })
  ownerName!: string | null;

  @ApiProperty({ enum: UNITS, enumName: 'BudgetUnit' })
  unit!: Unit;

  @ApiProperty({ type: String, nullable: true, description: 'The model it is for; null: all.' })
  model!: string | null;

  @ApiProperty({ example: '12.500000001' })
  balance!: string;

  @ApiProperty({ description: 'The part that requests under way may still spend.' })
  held!: string;

  @ApiProperty({ description: 'Balance without what is held.' })
  available!: string;

  @ApiProperty({ description: 'Up to where it is refreshed.' })
  max!: string;

  @ApiProperty({ description: 'Added per hour.' })
  refresh!: string;

  @ApiProperty({ format: 'date-time', description: 'Up to when refreshes have been added.' })
  refreshedAt!: string;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  static from(this: void, pool: OwnedPool): PoolDto {
    const { id, ownerKind, ownerId, ownerName, unit, scope, balance, held } = pool;
    const text = (amount: bigint) => amountText(unit, amount);
    return {
      ...{ id, ownerKind, ownerId, ownerName, unit },
      model: scope === '' ? null : scope,
      balance: text(balance),
      held: text(held),
      available: text(balance > held ? balance - held : 0n),
      max: text(pool.max),
      refresh: text(pool.refresh),
      refreshedAt: pool.refreshedAt.toISOString(),
      createdAt: pool.createdAt.toISOString(),
    };
  }
}

export class PoolPageDto extends pageOf(PoolDto) {}

const trimmed = ({ value }: { value: unknown }) =>
  typeof value === 'string' ? value.trim() : value;

export class ResetPoolDto {
  @ApiProperty({ minLength: 1, maxLength: LONGEST_REASON, description: 'For the ledger.' })
  @Transform(trimmed)
  @IsString({ message: 'reason is a text.' })
  @Length(1, LONGEST_REASON, { message: `reason has 1 to ${LONGEST_REASON} characters.` })
  @Matches(/^\P{Cc}*$/u, { message: 'reason is one line without control characters.' })
  reason!: string;
}

export class GiveToPoolDto extends ResetPoolDto {
  @ApiProperty({ description: 'Above 0, in the unit of the pool.', example: '12.5' })
  @IsString({ message: AMOUNT })
  @Matches(ANY_AMOUNT, { message: AMOUNT })
  amount!: string;
}

export class AdjustPoolDto extends ResetPoolDto {
  @ApiProperty({ description: 'In the unit of the pool; "-" takes away.', example: '-2.5' })
  @IsString({ message: AMOUNT })
  @Matches(ANY_AMOUNT, { message: AMOUNT })
  amount!: string;
}

export class AdjustedPoolDto {
  @ApiProperty({ description: 'As it is now.' })
  pool!: PoolDto;

  @ApiProperty({ description: 'What was added; below 0: taken.' })
  change!: string;

  @ApiProperty({ description: 'What happened, in a sentence.' })
  explanation!: string;

  static from(this: void, { pool, change, explanation }: Adjustment): AdjustedPoolDto {
    return { pool: PoolDto.from(pool), change: amountText(pool.unit, change), explanation };
  }
}

export class AdminLedgerEntryDto extends LedgerEntryDto {
  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'Who adjusted it; null for everything else and for `lumen budgets`.',
  })
  actorId!: string | null;

  @ApiProperty({ type: String, nullable: true })
  actorName!: string | null;
}

export class AdminLedgerPageDto extends pageOf(AdminLedgerEntryDto) {}
