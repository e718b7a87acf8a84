import { Entity, Index } from 'typeorm';
import {
  type BudgetPolicy,
  type GroupRule,
  type ModelAccessConfiguration,
} from '../config/index.js';
import {
  FlagColumn,
  IdColumn,
  JsonColumn,
  TextColumn,
  TimeColumn,
} from '../infrastructure/database/columns.js';

/** What a group gives to spend, as in the file. */
export interface GroupBudget {
  coins: BudgetPolicy | null;
  tokens: Record<string, BudgetPolicy>;
}

/** A group made in the console. Groups of config.yaml have no row: the file alone says what they are. */
@Entity({ name: 'groups' })
@Index('groups_name', ['name'], { unique: true })
export class Group {
  @IdColumn()
  id!: string;

  @TextColumn(128)
  name!: string;

  @TextColumn(2000)
  description!: string;

  @FlagColumn('is_active')
  isActive!: boolean;

  @JsonColumn('rules')
  rules!: GroupRule[];

  @JsonColumn('model_access')
  modelAccess!: ModelAccessConfiguration;

  @JsonColumn('budget')
  budget!: GroupBudget;

  @TimeColumn('created_at')
  createdAt!: Date;

  @TimeColumn('updated_at')
  updatedAt!: Date;
}
