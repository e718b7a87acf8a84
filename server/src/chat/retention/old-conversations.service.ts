import { setImmediate as nextTurn } from 'node:timers/promises';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { InjectRepository } from '@nestjs/typeorm';
import {
  type FindOptionsWhere,
  In,
  LessThan,
  LessThanOrEqual,
  MoreThan,
  Repository,
} from 'typeorm';
import { ConfigurationService } from '../../config/configuration.service.js';
import { ClockService } from '../../infrastructure/clock/clock.service.js';
import { ClockStepsService } from '../../infrastructure/clock/clock-steps.service.js';
import { LeaseService } from '../../infrastructure/leases/lease.service.js';
import { Conversation } from '../conversations/conversation.entity.js';
import { ChatEventsService } from '../events/chat-events.service.js';
import { CHAT_RETENTION, type ChatRetention } from './chat-retention.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const LEASE_MS = MINUTE_MS;
/** How long a person may undo a deletion. */
const UNDO_MS = MINUTE_MS;
/** With their messages and attachments; on SQLite others wait meanwhile. */
const ROWS_AT_A_TIME = 10;

/**
 * Takes conversations away for good, with all that belongs to them: those in which nothing was said
 * for longer than they are kept, pinned, archived and hidden ones included, and deleted ones where
 * `chat.remove` is `delete`. One replica does it at a time; should two, they do the same.
 */
@Injectable()
export class OldConversationsService {
  private readonly logger = new Logger(OldConversationsService.name);

  constructor(
    @InjectRepository(Conversation) private readonly conversations: Repository<Conversation>,
    @Inject(CHAT_RETENTION) private readonly retention: ChatRetention,
    private readonly configuration: ConfigurationService,
    private readonly events: ChatEventsService,
    private readonly clock: ClockService,
    private readonly leases: LeaseService,
    private readonly clockSteps: ClockStepsService,
  ) {}

  @Interval(HOUR_MS)
  async removeOldInBackground(): Promise<void> {
    if (!this.clockSteps.mayRemoveOld()) return;
    await this.inBackground('old-conversations', (signal) => this.removeOld(signal));
  }

  @Interval(MINUTE_MS)
  async removeDeletedInBackground(): Promise<void> {
    await this.inBackground('deleted-conversations', async (signal) =>
      (await this.hasDeleted()) ? this.removeDeleted(signal) : 0,
    );
  }

  /** Person by person, by what their groups say; answers how many were removed. */
  async removeOld(signal?: AbortSignal): Promise<number> {
    const nowMs = this.clock.nowMs();
    let removed = 0;
    let userId = '';
    while (!signal?.aborted) {
      const next = await this.oldestAfter(userId);
      if (!next) break;
      userId = next.userId;
      // Nothing is kept for less than a day.
      if (next.updatedAt.getTime() >= nowMs - DAY_MS) continue;
      const days = await this.retention.daysOf(userId);
      if (days === null) continue;
      const before = new Date(nowMs - days * DAY_MS);
      removed += await this.remove({ userId, updatedAt: LessThan(before) }, signal);
    }
    return removed;
  }

  /** Those whose deletion can no longer be undone; none where they are only hidden. */
  async removeDeleted(signal?: AbortSignal): Promise<number> {
    const where = this.deleted();
    return where ? this.remove(where, signal) : 0;
  }

  private async hasDeleted(): Promise<boolean> {
    const where = this.deleted();
    return where !== null && (await this.conversations.existsBy(where));
  }

  private deleted(): FindOptionsWhere<Conversation> | null {
    if (this.configuration.current.chat.remove !== 'delete') return null;
    return { removedAt: LessThanOrEqual(new Date(this.clock.nowMs() - UNDO_MS)) };
  }

  /** The oldest conversation of the person who comes next by id. */
  private oldestAfter(userId: string): Promise<Pick<Conversation, 'userId' | 'updatedAt'> | null> {
    return this.conversations.findOne({
      select: { id: true, userId: true, updatedAt: true },
      where: { userId: MoreThan(userId) },
      order: { userId: 'ASC', updatedAt: 'ASC', id: 'ASC' },
    });
  }

  /** What is used again while it is about to go stays: each is looked at once more as it goes. */
  private async remove(
    where: FindOptionsWhere<Conversation>,
    signal: AbortSignal | undefined,
  ): Promise<number> {
    let removed = 0;
    for (;;) {
      const rows = await this.conversations.find({
        select: { id: true, userId: true },
        where,
        take: ROWS_AT_A_TIME,
      });
      if (rows.length === 0) return removed;
      const ids = rows.map(({ id }) => id);
      const { affected } = await this.conversations.delete({ ...where, id: In(ids) });
      removed += affected ?? 0;
      await this.tell(rows);
      if (rows.length < ROWS_AT_A_TIME || signal?.aborted) return removed;
      await nextTurn();
    }
  }

  private async tell(rows: readonly Pick<Conversation, 'id' | 'userId'>[]): Promise<void> {
    const left = await this.conversations.find({
      select: { id: true },
      where: { id: In(rows.map(({ id }) => id)) },
    });
    const stayed = new Set(left.map(({ id }) => id));
    for (const { userId, id } of rows) {
      if (!stayed.has(id)) this.events.conversationRemoved(userId, id);
    }
  }

  private async inBackground(
    name: string,
    work: (signal: AbortSignal) => Promise<number>,
  ): Promise<void> {
    try {
      const removed = await this.leases.runAlone(name, LEASE_MS, work);
      if (removed) this.logger.log(`${removed} conversations were removed for good.`);
    } catch (error) {
      this.logger.warn(`Conversations were not removed and will be later: ${String(error)}`);
    }
  }
}
