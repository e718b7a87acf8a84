import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { type Subscription } from 'rxjs';
import { ClientArrivalsService } from '../../clients/index.js';
import { GroupMembersService } from '../../groups/index.js';
import { SignInService } from '../../users/index.js';
import { FundingService } from './funding.service.js';
import { type BudgetOwner } from '../policies/owner-policies.js';

/**
 * Gives people their pools when they log in and clients when they are made, and has pools adopt
 * another policy when somebody comes into a group or leaves one. Nobody waits for it, and what fails
 * here is made good by the owner's next request.
 */
@Injectable()
export class FirstGrantsService implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(FirstGrantsService.name);
  private readonly underWay = new Set<Promise<void>>();
  /** Clients that have no pools yet: a new configuration makes thousands at once. */
  private readonly waiting: BudgetOwner[] = [];
  private isPreparingClients = false;
  private subscriptions: Subscription[] = [];

  constructor(
    private readonly funding: FundingService,
    private readonly signIns: SignInService,
    private readonly arrivals: ClientArrivalsService,
    private readonly members: GroupMembersService,
  ) {}

  onModuleInit(): void {
    this.subscriptions = [
      this.signIns.signedIn$.subscribe((ownerId) =>
        this.track(this.prepare({ ownerKind: 'user', ownerId })),
      ),
      this.arrivals.made$.subscribe((ownerId) =>
        this.prepareSoon({ ownerKind: 'client', ownerId }),
      ),
      this.members.changed$.subscribe(({ kind, id }) =>
        this.track(this.funding.adoptPolicies({ ownerKind: kind, ownerId: id })),
      ),
    ];
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    while (this.underWay.size > 0) await Promise.all(this.underWay);
  }

  async onModuleDestroy(): Promise<void> {
    for (const subscription of this.subscriptions) subscription.unsubscribe();
    this.waiting.length = 0;
    await this.idle();
  }

  private prepareSoon(owner: BudgetOwner): void {
    this.waiting.push(owner);
    if (!this.isPreparingClients) this.track(this.prepareWaiting());
  }

  /** One after the other, so that requests find a connection, or with SQLite a turn, in between. */
  private async prepareWaiting(): Promise<void> {
    this.isPreparingClients = true;
    for (let owner = this.waiting.shift(); owner; owner = this.waiting.shift()) {
      await this.prepare(owner);
      await nextTurn();
    }
    this.isPreparingClients = false;
  }

  private prepare(owner: BudgetOwner): Promise<void> {
    return this.funding.prepare(owner).catch((error: unknown) => this.warn(error));
  }

  private warn(error: unknown): void {
    this.logger.warn(`Pools could not be prepared: ${String(error)}`);
  }

  private track(work: Promise<void>): void {
    const quiet = work
      .catch((error: unknown) => this.warn(error))
      .finally(() => this.underWay.delete(quiet));
    this.underWay.add(quiet);
  }
}
