import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { type Subscription } from 'rxjs';
import { ConfigurationService } from '../../config/configuration.service.js';
import { ClockService } from '../../infrastructure/clock/clock.service.js';
import { LeaseService } from '../../infrastructure/leases/lease.service.js';
import { batchOf } from './refresh-batch.js';
import { RefreshRepository } from './refresh.repository.js';
import { PolicyService } from '../policies/policy.service.js';

const SECOND = 1000;
const JOB = 'refresh-budgets';
const LEASE_MS = 60_000;
/** A process that was just started does not wait longer than this, whatever the interval. */
const FIRST_LOOK_MS = 60_000;
const POOLS_AT_ONCE = 200;

/**
 * Adds to pools what time brings, and has them adopt what the configuration has become. One process
 * at a time does it; if two did, every pool would still get its credit once.
 */
@Injectable()
export class RefreshService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(RefreshService.name);
  private subscription: Subscription | undefined;
  private looking: Promise<void> = Promise.resolve();
  private isStopped = false;

  constructor(
    private readonly repository: RefreshRepository,
    private readonly policies: PolicyService,
    private readonly leases: LeaseService,
    private readonly clock: ClockService,
    private readonly configuration: ConfigurationService,
    private readonly scheduler: SchedulerRegistry,
  ) {}

  onApplicationBootstrap(): void {
    this.schedule(Math.min(this.intervalMs, FIRST_LOOK_MS));
    this.subscription = this.configuration.changes$.subscribe(({ previous, current }) => {
      const isSame = previous.budgets.refreshIntervalS === current.budgets.refreshIntervalS;
      // While a look is under way there is nothing to reschedule: it plans the next by itself.
      if (!isSame && this.unschedule()) this.schedule(this.intervalMs);
    });
  }

  async onModuleDestroy(): Promise<void> {
    this.isStopped = true;
    this.subscription?.unsubscribe();
    this.unschedule();
    await this.looking;
  }

  /**
   * One look at all pools. Resolves with how many got something; null if another process is at it.
   * Rejects when the database is away; what was not reached is due the next time.
   */
  refreshAll(): Promise<number | null> {
    return this.leases.runAlone(JOB, LEASE_MS, (signal) => this.refreshInBatches(signal));
  }

  private async refreshInBatches(signal: AbortSignal): Promise<number> {
    await this.policies.loaded();
    let given = 0;
    for (let after = ''; !this.isStopped && !signal.aborted;) {
      const nowMs = this.clock.nowMs();
      const { version } = this.policies;
      const pools = await this.repository.findDue({ nowMs, version, after, limit: POOLS_AT_ONCE });
      if (pools.length > 0) {
        // SQLite answers within the turn that asks: without a pause requests would wait for it all.
        await nextTurn();
        const owners = await this.policies.resolveMany(pools);
        await nextTurn();
        given += await this.repository.write(batchOf({ pools, owners, version, nowMs }));
      }
      if (pools.length < POOLS_AT_ONCE) break;
      after = pools.at(-1)!.id;
      await nextTurn();
    }
    return given;
  }

  private get intervalMs(): number {
    return this.configuration.current.budgets.refreshIntervalS * SECOND;
  }

  private schedule(delayMs: number): void {
    const look = () => {
      this.unschedule();
      this.looking = this.look();
    };
    this.scheduler.addTimeout(JOB, setTimeout(look, delayMs).unref());
  }

  private unschedule(): boolean {
    const isScheduled = this.scheduler.doesExist('timeout', JOB);
    if (isScheduled) this.scheduler.deleteTimeout(JOB);
    return isScheduled;
  }

  private async look(): Promise<void> {
    try {
      await this.refreshAll();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.logger.warn(`Budgets could not be refreshed, the next look makes it good: ${reason}`);
    }
    if (!this.isStopped) this.schedule(this.intervalMs);
  }
}
