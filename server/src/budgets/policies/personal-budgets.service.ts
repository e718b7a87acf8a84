import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, Repository } from 'typeorm';
import { ConfigurationService } from '../../config/configuration.service.js';
import { AppError } from '../../infrastructure/errors/app-error.js';
import { type User, UsersService } from '../../users/index.js';
import { type OwnBudget, PersonalBudget } from './personal-budget.entity.js';

/** Where it is said what one person may spend; null: nowhere. */
export type BudgetPlace = 'file' | 'console' | null;

export interface PlacedBudget extends OwnBudget {
  readonly managedBy: BudgetPlace;
}

const NOTHING: PlacedBudget = Object.freeze({ managedBy: null, coins: null, tokens: {} });
/** The entry of `users:` that is nobody's. */
const SHARED_ENTRY = 'default';

/** Reads what single people may spend, by config.yaml or by the console. */
@Injectable()
export class PersonalBudgetsService {
  constructor(
    @InjectRepository(PersonalBudget) private readonly budgets: Repository<PersonalBudget>,
    private readonly users: UsersService,
    private readonly configuration: ConfigurationService,
  ) {}

  /** Of the few hundred people with these ids, those of whom something is said in the console. */
  async kept(userIds: readonly string[]): Promise<ReadonlyMap<string, OwnBudget>> {
    if (userIds.length === 0) return new Map();
    const rows = await this.budgets.findBy({ userId: In(userIds) });
    return new Map(rows.map(({ userId, budget }) => [userId, budget]));
  }

  /** The budget in force of a person with this address; `kept` is what the console says of them. */
  placed(email: string, kept: OwnBudget | undefined): PlacedBudget {
    const ofFile = this.ofFile(email);
    if (ofFile) return { ...ofFile, managedBy: 'file' };
    return kept ? { ...kept, managedBy: 'console' } : NOTHING;
  }

  /** Whose budget is meant. @throws AppError not_found */
  async person(userId: string): Promise<User> {
    const user = await this.users.find(userId);
    if (user) return user;
    throw new AppError('not_found', 'There is no person with this id.');
  }

  /** An entry that only names groups or access says nothing about budgets. */
  private ofFile(email: string): OwnBudget | null {
    const { users } = this.configuration.current;
    if (email === SHARED_ENTRY || !Object.hasOwn(users, email)) return null;
    const { coins, tokens } = users[email]!;
    return coins || Object.keys(tokens).length > 0 ? { coins, tokens } : null;
  }
}
