import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { checkGroup, formatProblems } from '../../config/index.js';
import { type AuditContext } from '../../infrastructure/audit/audit-context.js';
import { AuditTrailService } from '../../infrastructure/audit/audit-trail.service.js';
import { ChangesService } from '../../infrastructure/changes/changes.service.js';
import { ClockService } from '../../infrastructure/clock/clock.service.js';
import { newId } from '../../infrastructure/crypto/identifiers.js';
import { isUniqueViolation } from '../../infrastructure/database/database-errors.js';
import { rowLock } from '../../infrastructure/database/row-lock.js';
import { AppError } from '../../infrastructure/errors/app-error.js';
import { type OwnBudget, PersonalBudget } from '../policies/personal-budget.entity.js';
import { PersonalBudgetsService, type PlacedBudget } from '../policies/personal-budgets.service.js';
import { FundingService } from './funding.service.js';

/** A budget, and what tells it from a later one. */
export type VersionedBudget = PlacedBudget & { readonly version: string };

/** `basedOn` is the version that was read before, if it matters. */
export interface BudgetErrand {
  userId: string;
  basedOn: string | undefined;
  audit: AuditContext;
}

const VERSION_LENGTH = 16;

/** Says what one person may spend, in the console, and has it in force at once. */
@Injectable()
export class PersonalBudgetChangesService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly budgets: PersonalBudgetsService,
    private readonly funding: FundingService,
    private readonly audit: AuditTrailService,
    private readonly changes: ChangesService,
    private readonly clock: ClockService,
  ) {}

  /** @throws AppError not_found */
  async of(userId: string): Promise<VersionedBudget> {
    const { id, email } = await this.budgets.person(userId);
    const kept = (await this.budgets.kept([id])).get(id);
    return versioned(this.budgets.placed(email, kept));
  }

  /**
   * Sets or changes it.
   * @throws AppError not_found; invalid_request naming the fields; conflict where config.yaml says it,
   * and where somebody changed it since, with the budget as it is in `details.current`
   */
  async set(errand: BudgetErrand, said: unknown): Promise<VersionedBudget> {
    const budget = checkedBudget(said);
    await this.change(errand, async (manager, before) => {
      const now = { budget, changedBy: errand.audit.actorId, changedAt: this.clock.now() };
      if (before) await manager.update(PersonalBudget, { id: before.id }, now);
      else await manager.insert(PersonalBudget, { id: newId(), userId: errand.userId, ...now });
      return budget;
    });
    return versioned({ ...budget, managedBy: 'console' });
  }

  /** Leaves the person with what their groups give. @throws AppError as `set` does */
  async remove(errand: BudgetErrand): Promise<void> {
    await this.change(errand, async (manager, before) => {
      if (!before) throw new AppError('not_found', 'This person has no budget of their own.');
      await manager.delete(PersonalBudget, { id: before.id });
      return null;
    });
  }

  /** Runs `work`, which answers what is said from now on, with its line in the audit log. */
  private async change(
    { userId, basedOn, audit }: BudgetErrand,
    work: (manager: EntityManager, before: PersonalBudget | null) => Promise<OwnBudget | null>,
  ): Promise<void> {
    const { id, email: name } = await this.budgets.person(userId);
    await this.dataSource
      .transaction(async (manager) => {
        const found = { where: { userId: id }, ...rowLock(manager) };
        const before = await manager.findOne(PersonalBudget, found);
        refuseStale(this.budgets.placed(name, before?.budget), basedOn);
        const after = await work(manager, before);
        await this.audit.record(
          audit,
          {
            action: after ? 'user.set_budget' : 'user.remove_budget',
            object: { kind: 'user', id, name },
            ...(before ? { before: { ...before.budget } } : {}),
            ...(after ? { after: { ...after } } : {}),
          },
          manager,
        );
        await this.changes.publish('owner', id, manager);
      })
      .catch((error: unknown) => {
        if (!isUniqueViolation(error)) throw error;
        throw new AppError('conflict', `${MEANWHILE} Try again.`, { cause: error });
      });
    this.changes.tellHere('owner', id);
    await this.funding.adoptPolicies({ ownerKind: 'user', ownerId: id });
  }
}

const MEANWHILE = 'Somebody changed this budget meanwhile.';

function refuseStale(current: PlacedBudget, basedOn: string | undefined): void {
  if (current.managedBy === 'file') {
    const message =
      'The budget of this person is managed by config.yaml. Change it there; it is in force within seconds.';
    throw new AppError('conflict', message);
  }
  const now = versioned(current);
  if (basedOn === undefined || basedOn === now.version) return;
  const message = `${MEANWHILE} Look at both versions, then save again.`;
  throw new AppError('conflict', message, { details: { current: now } });
}

/** By the rules of the file. @throws AppError invalid_request naming every field that is wrong */
function checkedBudget(said: unknown): OwnBudget {
  const check = checkGroup(said);
  if (!check.ok) {
    const fields: Record<string, string[]> = {};
    for (const problem of check.problems) {
      (fields[problem.path] ??= []).push(formatProblems([problem]).trim());
    }
    const message = Object.values(fields).flat().join(' ');
    throw new AppError('invalid_request', message, { details: { fields } });
  }
  const { coins, tokens } = check.group;
  if (coins || Object.keys(tokens).length > 0) return { coins, tokens: { ...tokens } };
  const message = 'Give coins or tokens, or remove the budget of this person.';
  throw new AppError('invalid_request', message, { details: { fields: { coins: [message] } } });
}

function versioned(budget: PlacedBudget): VersionedBudget {
  const { managedBy, coins, tokens } = budget;
  const said = JSON.stringify([managedBy, coins, tokens]);
  const hash = createHash('sha256').update(said).digest('base64url');
  return { ...budget, version: hash.slice(0, VERSION_LENGTH) };
}
