import { ApiProperty } from '@nestjs/swagger';
import { amountText } from '../amount-text.js';
import { type Unit } from '../amounts.js';
import { type PoolOverview } from './funding.js';
import { type PoolPolicy } from '../policies/pool-policy.js';

const UNITS = ['coins', 'tokens'] as const;
const KINDS = ['limited', 'unlimited', 'blocked'] as const;

/** Of all the budget shapes: what it counts, for which models, by whose policy. */
class BudgetScopeDto {
  @ApiProperty({ enum: UNITS, enumName: 'BudgetUnit' })
  unit!: Unit;

  @ApiProperty({ type: String, nullable: true, description: 'The model it is for; null: all.' })
  model!: string | null;

  @ApiProperty({ enum: KINDS, enumName: 'BudgetKind', description: 'blocked: max is 0.' })
  kind!: (typeof KINDS)[number];

  @ApiProperty({ description: 'Whose policy it is.', example: 'group faculty' })
  source!: string;

  @ApiProperty({ description: 'The most it holds, in its unit; 0 unless limited.', example: '20' })
  max!: string;

  @ApiProperty({ description: 'Added per hour.', example: '0.05' })
  refresh!: string;
}

/** One of the caller's budgets as it stands; amounts are decimal texts in its unit. */
export class BudgetDto extends BudgetScopeDto {
  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'Null where there is no pool: unlimited or blocked.',
  })
  poolId!: string | null;

  @ApiProperty({ example: '12.500000001' })
  balance!: string;

  @ApiProperty({ description: 'The part that requests under way may still spend.' })
  held!: string;

  @ApiProperty({ description: 'Balance without what is held.' })
  available!: string;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Null where nothing is added: it is full, or has no refresh.',
  })
  nextRefreshAt!: string | null;

  @ApiProperty({ type: String, nullable: true })
  nextRefreshAmount!: string | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When it is full if nothing is spent; null: never.',
  })
  fullAt!: string | null;

  static from(this: void, overview: PoolOverview): BudgetDto {
    const text = (amount: bigint) => amountText(overview.unit, amount);
    const { balance, held, available, nextRefreshAt, nextRefreshAmount, fullAt } = overview;
    return {
      ...scopeOf(overview),
      poolId: overview.id,
      balance: text(balance),
      held: text(held),
      available: text(available),
      nextRefreshAt: nextRefreshAt?.toISOString() ?? null,
      nextRefreshAmount: nextRefreshAt && text(nextRefreshAmount),
      fullAt: fullAt?.toISOString() ?? null,
    };
  }
}

/** A policy that would win, with its numbers; for the rule tester. */
export class WonPolicyDto extends BudgetScopeDto {
  @ApiProperty({ description: 'Put into a new pool.' })
  starting!: string;

  static from(this: void, policy: PoolPolicy): WonPolicyDto {
    return { ...scopeOf(policy), starting: amountText(policy.unit, policy.starting) };
  }
}

type Scope = Pick<PoolPolicy, 'unit' | 'scope' | 'kind' | 'source' | 'max' | 'refresh'>;

function scopeOf({ unit, scope, kind, source, max, refresh }: Scope): BudgetScopeDto {
  const amounts = { max: amountText(unit, max), refresh: amountText(unit, refresh) };
  return { unit, model: scope === '' ? null : scope, kind, source, ...amounts };
}
