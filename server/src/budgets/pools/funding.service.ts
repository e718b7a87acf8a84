import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { type Subscription } from 'rxjs';
import { ConfigurationService } from '../../config/configuration.service.js';
import { GroupsService } from '../../groups/index.js';
import { OwnerMemory } from '../../infrastructure/cache/owner-memory.js';
import { ChangesService } from '../../infrastructure/changes/changes.service.js';
import { ClockService } from '../../infrastructure/clock/clock.service.js';
import { type CatalogueEntry } from '../../models/index.js';
import { type Funding, type PoolOverview } from './funding.js';
import { OwnerFunding } from './owner-funding.js';
import { type BudgetOwner, type OwnerPolicies } from '../policies/owner-policies.js';
import { PolicyService } from '../policies/policy.service.js';
import { overviewOf } from './pool-overview.js';
import { type PoolRow } from './pool-row.js';
import { PoolsRepository } from './pools.repository.js';

/**
 * Which pools pay for whose requests, from memory once it was read: a request of a known owner reads
 * no database. Forgotten as soon as something changes that it rests on.
 */
@Injectable()
export class FundingService implements OnModuleDestroy {
  private memory = new OwnerMemory<OwnerFunding>();
  private readonly subscriptions: Subscription[];

  constructor(
    private readonly policies: PolicyService,
    private readonly pools: PoolsRepository,
    private readonly clock: ClockService,
    configuration: ConfigurationService,
    groups: GroupsService,
    changes: ChangesService,
  ) {
    this.subscriptions = [
      configuration.changes$.subscribe(() => this.forget('')),
      groups.changes$.subscribe(({ ownerId }) => this.forget(ownerId ?? '')),
      changes.heard$.subscribe(({ kind, subject }) => {
        if (kind === 'owner' || kind === 'clients') this.forget(subject);
      }),
    ];
  }

  /**
   * The pools that pay for an owner's requests to one model, made if they are missing; at once for an
   * owner who was seen lately.
   * @throws AppError budget_missing, budget_blocked; not_found for an owner who does not exist
   */
  of(owner: BudgetOwner, entry: CatalogueEntry): Funding | Promise<Funding> {
    const known = this.memory.get(owner);
    return known ? known.for(entry) : this.load(owner).then((found) => found.for(entry));
  }

  /** Every budget of an owner as it stands now, pools made if they are missing. @throws AppError not_found */
  async overview(owner: BudgetOwner): Promise<PoolOverview[]> {
    const { found, rows } = await this.ensured(owner);
    return overviewOf(found.policies, rows, this.clock.now());
  }

  /** Makes an owner's missing pools, with what they start with. @throws AppError not_found */
  async prepare(owner: BudgetOwner): Promise<void> {
    await this.load(owner);
  }

  /** Has the pools that an owner has adopt what the configuration and the groups say now. */
  async adoptPolicies(owner: BudgetOwner): Promise<void> {
    const found = await this.policies.resolve(owner);
    await this.pools.adoptAll(found);
  }

  onModuleDestroy(): void {
    for (const subscription of this.subscriptions) subscription.unsubscribe();
  }

  private load(owner: BudgetOwner): Promise<OwnerFunding> {
    return this.memory.load(owner, async () => {
      const { found, rows } = await this.ensured(owner);
      return new OwnerFunding(found, rows);
    });
  }

  private async ensured(owner: BudgetOwner): Promise<{ found: OwnerPolicies; rows: PoolRow[] }> {
    for (;;) {
      const found = await this.policies.resolve(owner);
      const rows = await this.pools.ensure(found);
      if (rows) return { found, rows };
    }
  }

  /** What is being read goes on in the old memory, so that nothing of before reaches the new one. */
  private forget(ownerId: string): void {
    if (ownerId === '') this.memory = new OwnerMemory();
    else this.memory.forget(ownerId);
  }
}
