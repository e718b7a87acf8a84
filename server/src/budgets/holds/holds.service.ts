import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { ConfigurationService } from '../../config/configuration.service.js';
import { ClockService } from '../../infrastructure/clock/clock.service.js';
import { type BatchWriter } from '../../infrastructure/database/batch-writer.js';
import { GroupCommit } from '../../infrastructure/database/group-commit.js';
import { OutOfReachError } from '../../infrastructure/database/group-commit-failures.js';
import { AppError } from '../../infrastructure/errors/app-error.js';
import { ReplicaService } from '../../infrastructure/replicas/replica.service.js';
import { budgetExceeded } from '../budgets.errors.js';
import { type Checkpoint, CheckpointWriter } from './checkpoint-writer.js';
import { DoubtfulHolds } from './doubtful-holds.js';
import { type PoolRef } from '../pools/funding.js';
import { type HoldAnswer, type HoldAsk } from './hold-ask.js';
import { HoldExtensionWriter } from './hold-extension-writer.js';
import { HoldWriter } from './hold-writer.js';
import {
  type AbandonedHold,
  type Available,
  type ExtensionRequest,
  type HoldGrant,
  type HoldRequest,
} from './hold-request.js';
import { sizeOf } from './hold-size.js';
import { HoldsRepository } from './holds.repository.js';
import { type Settlement, type SettlementOutcome } from './settlement.js';
import { SettlementWriter } from './settlement-writer.js';

/** Opens, extends and finds holds. They end by a `SettlementWriter`, and in no other way. */
@Injectable()
export class HoldsService {
  private readonly opening: GroupCommit<HoldAsk, HoldAnswer>;
  private readonly extending: GroupCommit<HoldAsk, HoldAnswer>;
  private readonly checkpoints: GroupCommit<readonly Checkpoint[], void>;
  private readonly doubtful: DoubtfulHolds;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly configuration: ConfigurationService,
    private readonly clock: ClockService,
    private readonly replica: ReplicaService,
    private readonly repository: HoldsRepository,
  ) {
    this.opening = this.lane('holds', new HoldWriter(replica.id));
    this.extending = this.lane('extensions of holds', new HoldExtensionWriter());
    this.checkpoints = this.lane('checkpoints', new CheckpointWriter());
    this.doubtful = new DoubtfulHolds(
      this.lane<Settlement, SettlementOutcome>('releases of holds', new SettlementWriter()),
    );
  }

  /**
   * Holds what the request may cost at the most; durable when it resolves. Where the shortfall is in
   * the output alone and it may be lowered, fewer output tokens are granted. An owner without limits
   * is granted at once, without a row.
   * @throws AppError budget_exceeded, overloaded, database_unavailable
   */
  async open(request: HoldRequest): Promise<HoldGrant> {
    const { funding, outputTokens } = request;
    if (funding.coins === null && funding.tokens === null) return unlimited(outputTokens);
    if (this.replica.isFenced) throw fenced();
    let ask = this.askOf(request);
    for (;;) {
      const answer = await this.submit(ask);
      if (answer.kind === 'granted') return this.grantOf(ask, answer);
      if (answer.kind === 'refused') throw await this.refusal(request, answer.available);
      ask = { ...ask, size: answer.size };
    }
  }

  /**
   * Holds more for a stream that outruns its hold. Resolves with how many further output tokens are
   * held now, from 0 to what was asked for; 0 too if the hold is gone.
   * @throws AppError overloaded, database_unavailable
   */
  async extend(request: ExtensionRequest): Promise<number> {
    const { funding, moreOutputTokens, ...rest } = request;
    if (funding.coins === null && funding.tokens === null) return moreOutputTokens;
    const isLowerable = true;
    let ask = this.askOf({
      ...rest,
      funding,
      promptTokens: 0,
      outputTokens: moreOutputTokens,
      isLowerable,
    });
    for (;;) {
      const answer = await this.extending.submit(ask);
      if (answer.kind === 'granted') return answer.size.outputTokens;
      if (answer.kind === 'refused') return 0;
      ask = { ...ask, size: answer.size };
    }
  }

  /** Stores what the requests would be settled with if this process died. Holds that are gone stay so. */
  async checkpoint(items: readonly Checkpoint[]): Promise<void> {
    if (items.length > 0) await this.checkpoints.submit(items);
  }

  /** How many requests of this process hold something, as the database has it. */
  countOpen(): Promise<number> {
    return this.repository.countOf(this.replica.id);
  }

  /** Holds of these replicas, oldest first, some hundreds at a time; empty when all are settled. */
  abandoned(replicaIds: readonly string[]): Promise<AbandonedHold[]> {
    return this.repository.ofReplicas(replicaIds);
  }

  private lane<Item, Result>(
    name: string,
    writer: BatchWriter<Item, Result>,
  ): GroupCommit<Item, Result> {
    const maxWaiting = () => this.configuration.current.budgets.maxQueue;
    return new GroupCommit(this.dataSource, writer, { name, maxWaiting });
  }

  private askOf(request: HoldRequest): HoldAsk {
    const { id, prices, promptTokens, outputTokens, audioMs, isLowerable, checkpoint, funding } =
      request;
    const coinPoolId = funding.coins === null ? null : funding.coins.id;
    const tokenPoolId = funding.tokens === null ? null : funding.tokens.id;
    const bill = { coinPoolId, tokenPoolId, prices, promptTokens, audioMs };
    const size = sizeOf(bill, outputTokens);
    const atMs = this.clock.nowMs();
    return {
      ...bill,
      id,
      isLowerable,
      checkpoint,
      size,
      atMs,
    };
  }

  /** A replica that was cut off meanwhile may be taken for dead: its holds are settled by others. */
  private grantOf(ask: HoldAsk, { size, available }: HoldAnswer): HoldGrant {
    if (!this.replica.isFenced) return { ...size, available };
    this.doubtful.add(ask);
    throw fenced();
  }

  private async submit(ask: HoldAsk): Promise<HoldAnswer> {
    try {
      return await this.opening.submit(ask);
    } catch (error) {
      if (error instanceof OutOfReachError && error.isOutcomeUnknown) this.doubtful.add(ask);
      throw error;
    }
  }

  /** Names the pool that is short; the first, where both are. */
  private async refusal(request: HoldRequest, available: Available): Promise<AppError> {
    const { funding, isLowerable, outputTokens } = request;
    const needed = sizeOf(
      this.askOf(request),
      isLowerable ? Math.min(1, outputTokens) : outputTokens,
    );
    const lacksCoins = funding.coins !== null && needed.coins > (available.coins ?? 0n);
    const pool = lacksCoins || funding.tokens === null ? funding.coins : funding.tokens;
    return this.describe(pool!, pool === funding.coins ? needed.coins : needed.tokens);
  }

  private async describe(pool: PoolRef, needed: bigint): Promise<AppError> {
    const now = this.clock.now();
    const standing = await this.repository.standing(pool.id);
    const empty = { balance: 0n, held: 0n, refreshedAt: now };
    return budgetExceeded({ pool, needed, now, ...(standing ?? empty) });
  }
}

function unlimited(outputTokens: number): HoldGrant {
  return { outputTokens, coins: 0n, tokens: 0n, available: { coins: null, tokens: null } };
}

function fenced(): AppError {
  return new AppError(
    'database_unavailable',
    'This server has lost touch with the database and takes no paid requests until it is back. Try again in a few seconds.',
    { retryAfterS: 5 },
  );
}
