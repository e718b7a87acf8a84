import { ApiProperty } from '@nestjs/swagger';
import { MeDto } from '../auth/index.js';
import { BudgetDto } from '../budgets/index.js';

/** Whoever asks, and what they may spend. */
export class MeWithBudgetsDto extends MeDto {
  @ApiProperty({ type: [BudgetDto], description: 'Coins first, then tokens.' })
  budgets!: BudgetDto[];
}
