import { Entity, Index } from 'typeorm';
import { type BudgetPolicy } from '../../config/index.js';
import {
  IdColumn,
  JsonColumn,
  ReferenceColumn,
  TimeColumn,
} from '../../infrastructure/database/columns.js';

/** What an owner may spend, as in the file. */
export interface OwnBudget {
  readonly coins: BudgetPolicy | null;
  /** By model; `default` for all models. */
  readonly tokens: Readonly<Record<string, BudgetPolicy>>;
}

/** What one person may spend, said in the console. `users:` in config.yaml goes before it. */
@Entity({ name: 'personal_budgets' })
@Index('personal_budgets_user_id', ['userId'], { unique: true })
export class PersonalBudget {
  @IdColumn()
  id!: string;

  @ReferenceColumn('user_id')
  userId!: string;

  @JsonColumn('budget')
  budget!: OwnBudget;

  @ReferenceColumn('changed_by', { nullable: true })
  changedBy!: string | null;

  @TimeColumn('changed_at')
  changedAt!: Date;
}
