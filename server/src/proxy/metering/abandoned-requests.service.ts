import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { type AbandonedHold, HoldsService } from '../../budgets/index.js';
import { ConfigurationService } from '../../config/configuration.service.js';
import { ReplicaService } from '../../infrastructure/replicas/replica.service.js';
import { recordFromJson, type RequestRecord } from '../../usage/index.js';
import { NO_USAGE } from '../answers/reported-usage.js';
import { SettlementsService } from './settlements.service.js';

const SECOND = 1000;

/**
 * Settles the requests of processes that died, by the last that is known of each. Every replica
 * looks; a hold goes but once, so that it does not matter who finds it.
 */
@Injectable()
export class AbandonedRequestsService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(AbandonedRequestsService.name);
  private timer: NodeJS.Timeout | null = null;
  private isStopped = false;

  constructor(
    private readonly configuration: ConfigurationService,
    private readonly replicas: ReplicaService,
    private readonly holds: HoldsService,
    private readonly settlements: SettlementsService,
  ) {}

  onApplicationBootstrap(): void {
    this.scheduleNext();
  }

  /** A look that is under way may wait for a database that is away; whoever comes next will look. */
  onModuleDestroy(): void {
    this.isStopped = true;
    if (this.timer) clearTimeout(this.timer);
  }

  /** One look. Resolves with how many requests were found and settled. */
  async settleAbandoned(): Promise<number> {
    const dead = await this.replicas.deadReplicas();
    if (dead.length === 0) return 0;
    let settled = 0;
    for (;;) {
      const holds = await this.holds.abandoned(dead);
      if (holds.length === 0 || this.isStopped) break;
      await Promise.all(holds.map((hold) => this.settlements.settle(this.recordOf(hold))));
      settled += holds.length;
    }
    if (settled > 0) {
      this.logger.warn(`${settled} requests of processes that died were settled for them.`);
    }
    return settled;
  }

  private scheduleNext(): void {
    if (this.isStopped) return;
    const { reaperIntervalS } = this.configuration.current.budgets;
    this.timer = setTimeout(() => void this.look(), reaperIntervalS * SECOND).unref();
  }

  private async look(): Promise<void> {
    try {
      await this.settleAbandoned();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.logger.warn(`Holds of dead processes could not be looked for: ${reason}`);
    } finally {
      this.scheduleNext();
    }
  }

  /** The pools are the hold's own: it is they that were asked. */
  private recordOf(hold: AbandonedHold): RequestRecord {
    const { id, coinPoolId, tokenPoolId, coins, tokens } = hold;
    const coinsHeld = coinPoolId === null ? null : coins;
    const tokensHeld = tokenPoolId === null ? null : tokens;
    return { ...this.notedOf(hold), id, coinPoolId, coinsHeld, tokenPoolId, tokensHeld };
  }

  /** What cannot be read, of a later version perhaps, must not keep the others' coins held. */
  private notedOf(hold: AbandonedHold): RequestRecord {
    try {
      return recordFromJson(hold.checkpoint);
    } catch (error) {
      this.logger.error(
        `The checkpoint of request ${hold.id} cannot be read (${String(error)}); its hold is released and nothing charged.`,
      );
      return unreadableRecord(hold);
    }
  }
}

/** All that is known of a request whose checkpoint is lost. */
function unreadableRecord({ id, openedAt }: AbandonedHold): RequestRecord {
  return {
    ...NO_USAGE,
    id,
    requestId: id,
    startedAt: openedAt,
    userId: null,
    clientId: null,
    apiKeyId: null,
    source: 'api',
    operation: '',
    model: '',
    endpoint: null,
    isStream: false,
    status: 503,
    errorCode: 'replica_lost',
    outcome: 'failed',
    firstByteMs: null,
    durationMs: 0,
    cost: null,
    accuracy: null,
    coinPoolId: null,
    coinsHeld: null,
    tokenPoolId: null,
    tokensHeld: null,
    audioMs: null,
    attempts: null,
  };
}
